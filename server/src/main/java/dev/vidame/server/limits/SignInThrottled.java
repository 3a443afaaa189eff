package dev.vidame.server.limits;

import java.time.Duration;

/** A try to sign in that comes too soon after others that failed. Nothing was done for it. */
public final class SignInThrottled extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  SignInThrottled(Duration retryAfter) {
    super("Too soon by " + retryAfter, null, false, false);
    this.retryAfter = retryAfter;
  }

  /** How long to wait; a whole number of seconds. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
