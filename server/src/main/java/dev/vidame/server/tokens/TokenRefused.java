package dev.vidame.server.tokens;

import dev.vidame.server.tokens.Verification.Reason;
import dev.vidame.server.tokens.Verification.Rejected;

/** Ends the look at a token with what was found. Normal work, so without stack trace. */
final class TokenRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Rejected rejected;

  TokenRefused(Rejected rejected) {
    super(rejected.reason().name(), null, false, false);
    this.rejected = rejected;
  }

  TokenRefused(Reason reason) {
    this(new Rejected(reason));
  }

  Rejected rejected() {
    return rejected;
  }
}
