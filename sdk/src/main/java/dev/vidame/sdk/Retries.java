package dev.vidame.sdk;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Decides whether a call is tried again, and waits. Thread-safe; one per client. */
final class Retries {
  private static final int COST = 5;
  private static final int COST_AFTER_TIMEOUT = 10;
  private static final int REWARD = 1;

  private final RetryPolicy policy;
  private final Surroundings surroundings;
  private final RetryBudget budget;

  Retries(RetryPolicy policy, Surroundings surroundings) {
    this.policy = policy;
    this.surroundings = surroundings;
    this.budget = new RetryBudget(policy.budget());
  }

  /** Attempts that take as long as they take. */
  Series series() {
    return series(null);
  }

  /** Attempts that must all be over within a time, if there is one. */
  Series series(@Nullable Duration timeout) {
    return new Series(timeout == null ? null : surroundings.clock().instant().plus(timeout));
  }

  /** The attempts of one call. Not thread-safe. */
  final class Series {
    private final @Nullable Instant deadline;
    private int attempts = 1;
    private int lastCost;

    private Series(@Nullable Instant deadline) {
      this.deadline = deadline;
    }

    /** How long the next attempt may take, or null when nobody said. */
    @Nullable Duration timeLeft() {
      return deadline == null ? null : Duration.between(surroundings.clock().instant(), deadline);
    }

    /**
     * Waits until the next attempt may be made, or answers false when there must be none.
     *
     * @throws InterruptedException when the thread is interrupted while it waits
     */
    boolean waitForNext(Reply reply) throws InterruptedException {
      Duration retryAfter = reply.retryAfter(surroundings.clock());
      if (attempts >= policy.maxAttempts()
          || (retryAfter != null && retryAfter.compareTo(policy.longestWait()) > 0)) {
        return false;
      }
      Duration delay = delay(retryAfter);
      Duration left = timeLeft();
      if (left != null && left.compareTo(delay) <= 0) {
        return false;
      }
      int cost = reply.isTimeout() ? COST_AFTER_TIMEOUT : COST;
      if (!budget.take(cost)) {
        return false;
      }
      lastCost = cost;
      surroundings.sleeper().sleep(delay);
      attempts++;
      return true;
    }

    private Duration delay(@Nullable Duration retryAfter) {
      return retryAfter == null
          ? upTo(policy.limit(attempts))
          : retryAfter.plus(upTo(policy.base()));
    }

    private Duration upTo(Duration limit) {
      return Duration.ofNanos(surroundings.random().nextLong(limit.toNanos() + 1));
    }

    void succeeded() {
      budget.putBack(lastCost == 0 ? REWARD : lastCost);
    }
  }
}
