package dev.vidame.bench;

/**
 * A measurement that cannot be made, or whose result must not be believed. The message says why.
 */
public final class BenchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A measurement that failed for this reason. */
  public BenchException(String message) {
    super(message);
  }

  /** A measurement that something else broke. */
  public BenchException(String message, Throwable cause) {
    super(message, cause);
  }
}
