package dev.vidame.server.http;

import dev.vidame.server.limits.RequestLimits.Refusal;

/**
 * Ends a request that comes too soon. Not an {@link ApiException}: its body has another form, and
 * nothing more is done for it. Ordinary, so there is no stack trace.
 */
public final class Throttled extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  /** For this reason. */
  public Throttled(Refusal refusal) {
    super("Too soon by " + refusal.retryAfter(), null, false, false);
    this.refusal = refusal;
  }

  Refusal refusal() {
    return refusal;
  }
}
