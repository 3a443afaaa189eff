package dev.vidame.server.seed;

/** What is wrong with a seed, and where; which file it is from is known further out. */
final class SeedFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String pointer;
  private final String reason;

  SeedFault(String pointer, String reason) {
    super(pointer + ": " + reason, null, false, false);
    this.pointer = pointer;
    this.reason = reason;
  }

  SeedException in(String file) {
    String place = pointer.isEmpty() ? "" : ", " + pointer;
    String sentence = reason.endsWith(".") ? reason : reason + ".";
    return new SeedException(file + place + ": " + sentence + " Nothing was loaded.");
  }
}
