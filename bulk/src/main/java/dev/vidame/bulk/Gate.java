package dev.vidame.bulk;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets so many requests out at once, and so many in a second. Thread-safe.
 *
 * <p>How many at once grows by one for each round of answers, and halves when the service says that
 * it is asked too often; then nobody is let out before the time that it named. Of many answers that
 * were under way together only the first one halves.
 */
final class Gate {
  private static final double FIRST = 8;

  private final int most;
  private final long interval;
  private final long patience;
  private final LongSupplier nanos;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private double limit;
  private int outside;
  private long closedUntil;
  private long nextSlot;
  private long halvedAt;
  private boolean isFailing;
  private long failingSince;
  private @Nullable StopReason stop;
  private String cause = "";

  /**
   * What is let out.
   *
   * @param most at once
   * @param perSecond or 0 for as many as come
   * @param patience how long a service may be out of reach
   */
  record Limits(int most, double perSecond, Duration patience) {}

  Gate(Limits limits, LongSupplier nanos) {
    this.most = limits.most();
    this.interval = limits.perSecond() <= 0 ? 0 : (long) (1e9 / limits.perSecond());
    this.patience = limits.patience().toNanos();
    this.nanos = nanos;
    this.limit = Math.min(FIRST, most);
    this.closedUntil = nanos.getAsLong();
    this.nextSlot = closedUntil;
    this.halvedAt = closedUntil;
  }

  /**
   * Waits for a place outside.
   *
   * @return when the way was free, or {@link #SHUT}
   */
  long enter() {
    lock.lock();
    try {
      while (stop == null) {
        long now = nanos.getAsLong();
        long wait = Math.max(closedUntil - now, interval == 0 ? 0 : nextSlot - now);
        if (outside < Math.max(1, (int) limit) && wait <= 0) {
          outside++;
          nextSlot = Math.max(nextSlot, now) + interval;
          changed.signal();
          return now;
        }
        if (wait > 0) {
          var _ = changed.awaitNanos(wait);
        } else {
          changed.await();
        }
      }
      return SHUT;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return SHUT;
    } finally {
      lock.unlock();
    }
  }

  /** Nobody is let out any more. */
  static final long SHUT = Long.MIN_VALUE;

  /** Gives a place back. */
  void leave() {
    lock.lock();
    try {
      outside--;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** The service answered. */
  void answered() {
    lock.lock();
    try {
      isFailing = false;
      limit = Math.min(most, limit + 1 / limit);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The service asked to be left alone.
   *
   * @param since when the request was let out
   */
  void throttled(long since, Duration wait) {
    lock.lock();
    try {
      isFailing = false;
      slowDown(since, wait);
    } finally {
      lock.unlock();
    }
  }

  /**
   * The service did not answer; nobody is let out for a moment, and nobody at all after a while.
   */
  void failed(long since, Duration wait, String why) {
    lock.lock();
    try {
      long now = nanos.getAsLong();
      if (!isFailing) {
        isFailing = true;
        failingSince = now;
      } else if (now - failingSince > patience) {
        stop(StopReason.UNREACHABLE, why);
      }
      slowDown(since, wait);
    } finally {
      lock.unlock();
    }
  }

  private void slowDown(long since, Duration wait) {
    long now = nanos.getAsLong();
    closedUntil = Math.max(closedUntil, now + wait.toNanos());
    if (since >= halvedAt) {
      limit = Math.max(1, limit / 2);
      halvedAt = now;
    }
    changed.signalAll();
  }

  /** Lets nobody out any more. The first reason stays. */
  void stop(StopReason reason, String why) {
    lock.lock();
    try {
      if (stop == null) {
        stop = reason;
        cause = why;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Why nobody is let out, or null while somebody is. */
  @Nullable StopReason stopped() {
    lock.lock();
    try {
      return stop;
    } finally {
      lock.unlock();
    }
  }

  /** More about why, for people. */
  String cause() {
    lock.lock();
    try {
      return cause;
    } finally {
      lock.unlock();
    }
  }
}
