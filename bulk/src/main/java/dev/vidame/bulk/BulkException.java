package dev.vidame.bulk;

/** Why a run cannot begin or go on, in words for people. */
public final class BulkException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** What a caller does about it. */
  public enum Kind {
    /** A file is not what it should be. */
    DATA,
    /** A file is in the way, or missing, or in use by another run. */
    FILE,
    /** The service cannot be asked. */
    UNAVAILABLE,
    /** Somebody must sign in first. */
    SIGNED_OUT
  }

  /** Says why. */
  public BulkException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** Says why, and what was behind it. */
  public BulkException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What to do about it. */
  public Kind kind() {
    return kind;
  }

  static BulkException data(String message) {
    return new BulkException(Kind.DATA, message);
  }

  static BulkException file(String message) {
    return new BulkException(Kind.FILE, message);
  }

  static BulkException unreadable(Object file, java.io.IOException cause) {
    return new BulkException(Kind.FILE, file + ": " + cause.getMessage(), cause);
  }
}
