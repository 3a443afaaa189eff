package dev.vidame.server.texts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A language's texts by the English ones. The file has them in pairs of lines, English first, with
 * an empty line between pairs; lines that begin with {@code #} are for its readers. Immutable.
 */
final class Translations {
  private final Map<String, String> texts;

  private Translations(Map<String, String> texts) {
    this.texts = Map.copyOf(texts);
  }

  /** The French ones, read when first asked for. */
  static Translations french() {
    return French.TEXTS;
  }

  /** The translation of a template, or the template itself where there is none. */
  String of(String template) {
    return texts.getOrDefault(template, template);
  }

  /** All templates with their translations. */
  Map<String, String> all() {
    return texts;
  }

  static Translations parse(String file) {
    List<String> lines =
        file.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    if (lines.size() % 2 != 0) {
      throw new IllegalStateException("A text has no translation, or a translation no text");
    }
    Map<String, String> texts = new HashMap<>();
    for (int i = 0; i < lines.size(); i += 2) {
      if (texts.put(lines.get(i), lines.get(i + 1)) != null) {
        throw new IllegalStateException("Translated twice: " + lines.get(i));
      }
    }
    return new Translations(texts);
  }

  private static final class French {
    private static final Translations TEXTS =
        parse(load("fr.txt") + "\n" + load("fr-dashboard.txt"));
  }

  private static String load(String name) {
    try (InputStream in =
        Objects.requireNonNull(Translations.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("The texts of the program cannot be read", e);
    }
  }
}
