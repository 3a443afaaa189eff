package dev.vidame.server.tokens;

import dev.vidame.server.texts.Text;

/** Ends a token request with its error. Normal work, so without stack trace. */
final class TokenRequestRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final TokenError error;
  private final transient Text text;

  TokenRequestRefused(TokenError error, Object... details) {
    super(error.name(), null, false, false);
    this.error = error;
    this.text = error.text(details);
  }

  TokenError error() {
    return error;
  }

  /** For people; holds nothing that the request brought. */
  Text text() {
    return text;
  }
}
