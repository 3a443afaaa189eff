package dev.vidame.sdk;

import java.time.Duration;

/**
 * How often and how patiently a call is tried again. Immutable: each {@code with} method answers a
 * changed copy.
 *
 * <p>Tried again: a connection that failed or was lost, no answer in time, and the statuses 429,
 * 502, 503 and 504; 500 only when reading. Between attempts the client waits a random time between
 * nothing and a limit that doubles from {@link #withBackoff base} to a maximum. A {@code
 * Retry-After} of the service is always waited for in full, with a little random time on top so
 * that many clients do not come back at once.
 *
 * <p>A client also has a <em>retry budget</em> that all its calls share: a retry takes 5 tokens,
 * one after a timeout 10, a call that succeeds puts back what its last retry took, or one token
 * when it needed no retry. When everything fails the budget runs dry and calls fail at once instead
 * of making a sick service sicker.
 */
public final class RetryPolicy {
  private static final RetryPolicy STANDARD =
      new RetryPolicy(
          3,
          new Backoff(Duration.ofMillis(500), Duration.ofSeconds(5)),
          Duration.ofMinutes(1),
          500);

  private final int maxAttempts;
  private final Backoff backoff;
  private final Duration longestWait;
  private final int budget;

  private record Backoff(Duration base, Duration max) {}

  private RetryPolicy(int maxAttempts, Backoff backoff, Duration longestWait, int budget) {
    this.maxAttempts = maxAttempts;
    this.backoff = backoff;
    this.longestWait = longestWait;
    this.budget = budget;
  }

  /**
   * Three attempts in all, 0.5 s doubling to 5 s between them, a {@code Retry-After} of up to a
   * minute honoured, a budget of 500 tokens.
   */
  public static RetryPolicy standard() {
    return STANDARD;
  }

  /** One attempt. */
  public static RetryPolicy none() {
    return STANDARD.withMaxAttempts(1);
  }

  /**
   * Limits the attempts of a call, the first one counted.
   *
   * @throws IllegalArgumentException when there is not even one
   */
  public RetryPolicy withMaxAttempts(int attempts) {
    if (attempts < 1) {
      throw new IllegalArgumentException("maxAttempts must be at least 1, not " + attempts);
    }
    return new RetryPolicy(attempts, backoff, longestWait, budget);
  }

  /**
   * Sets the limit of the first random wait and the limit that it doubles up to.
   *
   * @throws IllegalArgumentException when base is negative or above max, or max above an hour
   */
  public RetryPolicy withBackoff(Duration base, Duration max) {
    boolean isInOrder = !base.isNegative() && base.compareTo(max) <= 0;
    if (!isInOrder || max.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException(
          "A backoff must rise from 0 or more to an hour or less, not from " + base + " to " + max);
    }
    return new RetryPolicy(maxAttempts, new Backoff(base, max), longestWait, budget);
  }

  /**
   * Sets the longest {@code Retry-After} that a call waits for; it fails at once when the service
   * asks for more.
   *
   * @throws IllegalArgumentException when the time is negative
   */
  public RetryPolicy withLongestWait(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("longestWait must not be negative: " + time);
    }
    return new RetryPolicy(maxAttempts, backoff, time, budget);
  }

  /**
   * Sets the tokens of the shared budget.
   *
   * @throws IllegalArgumentException when the number is negative
   */
  public RetryPolicy withBudget(int tokens) {
    if (tokens < 0) {
      throw new IllegalArgumentException("The retry budget must not be negative: " + tokens);
    }
    return new RetryPolicy(maxAttempts, backoff, longestWait, tokens);
  }

  int maxAttempts() {
    return maxAttempts;
  }

  Duration longestWait() {
    return longestWait;
  }

  int budget() {
    return budget;
  }

  Duration base() {
    return backoff.base();
  }

  /** The upper limit of the wait before retry {@code number}, counted from 1. */
  Duration limit(int number) {
    Duration limit = backoff.base();
    for (int i = 1; i < number && limit.compareTo(backoff.max()) < 0; i++) {
      limit = limit.multipliedBy(2);
    }
    return limit.compareTo(backoff.max()) < 0 ? limit : backoff.max();
  }
}
