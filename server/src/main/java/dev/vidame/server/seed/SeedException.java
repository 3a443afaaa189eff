package dev.vidame.server.seed;

/**
 * A file that an empty store cannot be filled from. The message names the file, the place in it as
 * a JSON pointer (RFC 6901) and the reason. Nothing was loaded.
 */
public final class SeedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SeedException(String message) {
    super(message);
  }
}
