package dev.vidame.sdk;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A bearer token for the API. Immutable; its text form never shows the token.
 *
 * @param value what stands behind {@code Bearer} in the {@code Authorization} header
 * @param expiresAt when the service stops taking the token, or null when nobody said
 */
public record AccessToken(String value, @Nullable Instant expiresAt) {

  /**
   * Checks that the token can stand in a header.
   *
   * @throws IllegalArgumentException when it is empty or holds a space, a control character or
   *     anything beyond ASCII
   */
  public AccessToken {
    if (value.isEmpty() || !value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException(
          "An access token must be one or more visible ASCII characters");
    }
  }

  /** Never shows the token. */
  @Override
  public String toString() {
    return "AccessToken[value=***, expiresAt=" + expiresAt + "]";
  }
}
