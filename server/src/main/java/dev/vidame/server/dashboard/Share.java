package dev.vidame.server.dashboard;

/**
 * A part of a whole, as a bar shows it.
 *
 * @param part how much
 * @param whole of how much
 */
record Share(long part, long whole) {
  /** How wide the drawing is. */
  static final int WIDTH = 1_000;

  private static final int LEAST = 4;

  /** How wide the part is drawn: nothing only where it is nothing, all only where it is all. */
  long width() {
    if (part <= 0 || whole <= 0) {
      return 0;
    }
    return part >= whole ? WIDTH : Math.clamp(WIDTH * part / whole, LEAST, WIDTH - LEAST);
  }

  /** Whether there is something of which nothing is left. */
  boolean isUsedUp() {
    return whole > 0 && part >= whole;
  }
}
