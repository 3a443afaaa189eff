package dev.vidame.server.limits;

/**
 * What is left of a {@link Pace}. Used by one thread at a time.
 *
 * <p>One moment is all that is stored: when the budget will be whole again. Each request moves it
 * on by an interval, and none may move it further from now than a whole budget (this is the generic
 * cell rate algorithm).
 */
final class Budget {
  private long wholeAt;

  /** A budget that is whole from a moment on; moments are nanoseconds of the epoch. */
  Budget(long wholeAt) {
    this.wholeAt = wholeAt;
  }

  /** How long a request at this moment would have to wait, in nanoseconds; 0 if it need not. */
  long waitFrom(long now, Pace pace) {
    settle(now, pace);
    return Math.max(0, wholeAt + pace.interval() - pace.whole() - now);
  }

  /** Takes one request out. */
  void spend(long now, Pace pace) {
    settle(now, pace);
    wholeAt += pace.interval();
  }

  /** Puts one request back. */
  void giveBack(long now, Pace pace) {
    settle(now, pace);
    wholeAt = Math.max(now, wholeAt - pace.interval());
  }

  /** Whether nothing is missing, so that a new budget would be the same. */
  boolean isWhole(long now, Pace pace) {
    settle(now, pace);
    return wholeAt == now;
  }

  /**
   * Brings the moment between now and an empty budget: nothing is saved up, and a clock that was
   * set back locks nobody out for longer than an empty budget does.
   */
  private void settle(long now, Pace pace) {
    wholeAt = Math.clamp(wholeAt, now, now + pace.whole());
  }

  /** Another one of the same state. */
  Budget copy() {
    return new Budget(wholeAt);
  }
}
