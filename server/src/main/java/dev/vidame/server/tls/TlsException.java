package dev.vidame.server.tls;

/** A certificate that cannot be used. The message says what to do, and holds nothing secret. */
public final class TlsException extends Exception {
  private static final long serialVersionUID = 1L;

  TlsException(String message) {
    super(message);
  }

  TlsException(String message, Throwable cause) {
    super(message, cause);
  }
}
