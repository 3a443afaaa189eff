package dev.vidame.cli.terminal;

import java.util.Locale;

/**
 * Texts of others, made harmless for a terminal: a display name with an escape sequence in it must
 * not move the cursor, and one with a line break must not look like a second row.
 */
public final class Visible {
  private static final int SHORT = 0x10000;

  private Visible() {}

  /** The text with control and direction characters written out, as {@code \n} and {@code \}{@code u001b}. */
  public static String text(String text) {
    if (text.codePoints().noneMatch(Visible::isHidden)) {
      return text;
    }
    StringBuilder shown = new StringBuilder();
    text.codePoints().forEach(c -> append(shown, c));
    return shown.toString();
  }

  private static void append(StringBuilder shown, int c) {
    switch (c) {
      case '\n' -> shown.append("\\n");
      case '\r' -> shown.append("\\r");
      case '\t' -> shown.append("\\t");
      default -> {
        if (isHidden(c)) {
          shown.append(escaped(c));
        } else {
          shown.appendCodePoint(c);
        }
      }
    }
  }

  /** A JSON text in which no control character stands as itself; it says the same. */
  public static String json(String json) {
    if (json.codePoints().noneMatch(c -> c >= ' ' && isHidden(c))) {
      return json;
    }
    StringBuilder shown = new StringBuilder();
    json.codePoints()
        .forEach(c -> {
          if (c >= ' ' && isHidden(c)) {
            shown.append(escaped(c));
          } else {
            shown.appendCodePoint(c);
          }
        });
    return shown.toString();
  }

  private static String escaped(int c) {
    if (c < SHORT) {
      return String.format(Locale.ROOT, "\\u%04x", c);
    }
    return String.format(
        Locale.ROOT,
        "\\u%04x\\u%04x",
        (int) Character.highSurrogate(c),
        (int) Character.lowSurrogate(c));
  }

  /** What a terminal obeys instead of showing it, or what hides or turns the text around it. */
  private static boolean isHidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          !isJoiner(c);
      default -> false;
    };
  }

  /** Zero-width joiners are part of how some scripts and emoji are written. */
  private static boolean isJoiner(int c) {
    return c == 0x200c || c == 0x200d;
  }

  /** How many columns of a terminal the text takes. */
  public static int width(String text) {
    return text.codePoints().map(Visible::width).sum();
  }

  private static int width(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> isWide(c) ? 2 : 1;
    };
  }

  /** East Asian wide characters and emoji. */
  private static boolean isWide(int c) {
    return c >= 0x1100
        && (c <= 0x115f
            || c >= 0x2e80 && c <= 0xa4cf && c != 0x303f
            || c >= 0xac00 && c <= 0xd7a3
            || c >= 0xf900 && c <= 0xfaff
            || c >= 0xfe30 && c <= 0xfe6f
            || c >= 0xff00 && c <= 0xff60
            || c >= 0xffe0 && c <= 0xffe6
            || c >= 0x1f300 && c <= 0x1f64f
            || c >= 0x1f900 && c <= 0x1f9ff
            || c >= 0x20000 && c <= 0x3fffd);
  }

  /** The beginning of a text that takes so many columns at most, with … where something is left out. */
  public static String cut(String text, int columns) {
    if (width(text) <= columns) {
      return text;
    }
    StringBuilder kept = new StringBuilder();
    int used = 1;
    for (int c : text.codePoints().toArray()) {
      if (used + width(c) > columns) {
        break;
      }
      used += width(c);
      kept.appendCodePoint(c);
    }
    return kept.append('…').toString();
  }
}
