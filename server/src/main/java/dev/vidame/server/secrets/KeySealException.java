package dev.vidame.server.secrets;

/**
 * Secrets of the store that cannot be opened. The message says what to do, and holds nothing
 * secret.
 */
public final class KeySealException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KeySealException(String message) {
    super(message);
  }
}
