package dev.vidame.server.tokens;

/** Ends a token request with its error. Normal work, so without stack trace. */
final class TokenRequestRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final TokenError error;

  TokenRequestRefused(TokenError error, Object... details) {
    super(error.sentence(details), null, false, false);
    this.error = error;
  }

  TokenError error() {
    return error;
  }

  /** For people; holds nothing that the request brought. */
  String sentence() {
    return String.valueOf(getMessage());
  }
}
