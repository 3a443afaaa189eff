package dev.vidame.cli.admin;

/** A command that came to nothing. The message says what to do; the code is for the shell. */
public final class AdminException extends RuntimeException {
  /** It is done in another way where the store is what it is (a shell's wrong use). */
  static final int USAGE = 2;

  /** The server would not do it (sysexits' EX_DATAERR). */
  static final int REFUSED = 65;

  /** No server answered, or it could not (sysexits' EX_UNAVAILABLE). */
  static final int UNAVAILABLE = 69;

  /** The secret is no operator's (sysexits' EX_NOPERM). */
  static final int NO_PERMISSION = 77;

  /** There is no secret, or no good address (sysexits' EX_CONFIG). */
  static final int CONFIGURATION = 78;

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  AdminException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  AdminException(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** What a shell sees. */
  public int exitCode() {
    return exitCode;
  }
}
