package dev.vidame.directory.paging;

import java.util.Locale;

/** Lower case as the store's {@code lower} makes it: it knows the letters of ASCII only. */
public final class AsciiLower {
  private static final int ASCII_END = 128;

  private AsciiLower() {}

  /** The text with A to Z in lower case. */
  public static String of(String text) {
    if (text.chars().allMatch(c -> c < ASCII_END)) {
      return text.toLowerCase(Locale.ROOT);
    }
    StringBuilder lower = new StringBuilder(text);
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        lower.setCharAt(i, Character.toLowerCase(c));
      }
    }
    return lower.toString();
  }
}
