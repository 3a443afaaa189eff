package dev.vidame.directory.move;

/** A backup, a restore or a move that came to nothing. The message says what to do. */
public final class MoveException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean isRefused;

  private MoveException(boolean isRefused, String message) {
    super(message);
    this.isRefused = isRefused;
  }

  private MoveException(String message, Throwable cause) {
    super(message, cause);
    this.isRefused = false;
  }

  /** What was given is not right, and will not be by trying again. */
  static MoveException refused(String message) {
    return new MoveException(true, message);
  }

  /** A file or a database could not be had. */
  static MoveException unavailable(String message, Throwable cause) {
    return new MoveException(message, cause);
  }

  /** Whether what was given is not right; else something could not be had. */
  public boolean isRefused() {
    return isRefused;
  }
}
