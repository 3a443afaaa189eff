package dev.vidame.server.tokens;

import java.time.Instant;

/**
 * An access token, as issued.
 *
 * @param text what a client sends after {@code Bearer}
 * @param issuedAt its start, in whole seconds
 * @param expiresAt its end, in whole seconds
 */
public record AccessToken(String text, Instant issuedAt, Instant expiresAt) {
  /** Never shows the token. */
  @Override
  public String toString() {
    return "AccessToken[issuedAt=" + issuedAt + ", expiresAt=" + expiresAt + "]";
  }
}
