package dev.vidame.server.dashboard;

import java.util.Locale;

/** Texts in one case. */
final class Folded {
  private Folded() {}

  /** The long way round, since some letters have one only in one direction. */
  static String of(String text) {
    return text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }
}
