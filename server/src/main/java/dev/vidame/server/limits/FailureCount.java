package dev.vidame.server.limits;

import java.time.Duration;

/**
 * How often somebody has failed, and how long they wait for it. Thread-safe; moments are
 * nanoseconds of the epoch.
 *
 * <p>Tries under way count as failures until they have ended, so that nobody gets more of them by
 * making them at once.
 */
final class FailureCount {
  private static final long FIRST_LOCK = Duration.ofMinutes(1).toNanos();
  private static final long ONE_SECOND = Duration.ofSeconds(1).toNanos();

  /** So long without a failure, and it is as if there had been none. */
  static final Duration FORGIVEN_AFTER = Duration.ofHours(1);

  /** Beyond this many doublings every lock is the longest. */
  private static final int MOST_DOUBLINGS = 20;

  private int failures;
  private int underWay;
  private long lastFailure;
  private long lockedUntil;

  /**
   * Lets a try begin, which must then end.
   *
   * @param isCounted whether it counts while it is under way
   * @return 0, or how long to wait before another try
   */
  synchronized long begin(long now, SignInGuard.Rules rules, boolean isCounted) {
    if (failures > 0 && now - lastFailure > FORGIVEN_AFTER.toNanos()) {
      failures = 0;
    }
    // A clock that was set back locks nobody out for longer than the longest lock.
    lockedUntil = Math.min(lockedUntil, now + rules.longestLock().toNanos());
    if (lockedUntil > now) {
      return lockedUntil - now;
    }
    if (isCounted && underWay > 0 && failures + underWay >= rules.lockAfter()) {
      return ONE_SECOND;
    }
    underWay += isCounted ? 1 : 0;
    return 0;
  }

  /** Ends a try that was no failure. */
  synchronized void spare(boolean isCounted) {
    underWay -= isCounted ? 1 : 0;
  }

  /**
   * Ends a try that failed.
   *
   * @return how long the lock is that begins with it; 0 where none does
   */
  synchronized long fail(long now, SignInGuard.Rules rules, boolean isCounted) {
    underWay -= isCounted ? 1 : 0;
    failures++;
    lastFailure = now;
    if (failures >= rules.lockAfter()) {
      int doublings = Math.min(failures - rules.lockAfter(), MOST_DOUBLINGS);
      long lock = Math.min(FIRST_LOCK << doublings, rules.longestLock().toNanos());
      lockedUntil = now + lock;
      return lock;
    }
    return 0;
  }

  /** Ends a try that succeeded, after which nothing is held against who made it. */
  synchronized void clear(boolean isCounted) {
    underWay -= isCounted ? 1 : 0;
    failures = 0;
    lockedUntil = 0;
  }
}
