package dev.vidame.server.tokens;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the token endpoint answers: a status and a JSON body. Immutable. */
public final class TokenAnswer {
  private final int status;
  private final byte[] json;
  private final @Nullable Duration retryAfter;

  TokenAnswer(int status, byte[] json, @Nullable Duration retryAfter) {
    this.status = status;
    this.json = json.clone();
    this.retryAfter = retryAfter;
  }

  /**
   * The HTTP status: 200, 400, 401 (which HTTP wants to go with a {@code WWW-Authenticate: Basic}
   * header), 429, or 503.
   */
  public int status() {
    return status;
  }

  /** The body, in UTF-8. It may hold tokens. */
  public byte[] json() {
    return json.clone();
  }

  /** When to try again, with 429 and 503. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** Never shows the body. */
  @Override
  public String toString() {
    return "TokenAnswer[status=" + status + "]";
  }
}
