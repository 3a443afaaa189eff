package dev.vidame.server.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts the requests under way, so that a stop can wait for them. Thread-safe. */
final class InFlight {
  private final AtomicLong requests = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition isEmpty = lock.newCondition();
  private volatile boolean isDraining;

  /**
   * Whether the request may go on; then {@link #leave} must follow. Counted first and asked
   * afterwards, so that whoever was let in is waited for.
   */
  boolean enter() {
    requests.incrementAndGet();
    if (isDraining) {
      leave();
      return false;
    }
    return true;
  }

  void leave() {
    if (requests.decrementAndGet() == 0 && isDraining) {
      lock.lock();
      try {
        isEmpty.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Whether a stop has begun. */
  boolean isDraining() {
    return isDraining;
  }

  /** Lets nobody in any more. */
  void close() {
    isDraining = true;
  }

  /** Lets nobody in any more and waits, so long at most, until the last one left. */
  void drain(Duration grace) {
    lock.lock();
    try {
      isDraining = true;
      long left = grace.toNanos();
      while (requests.get() > 0 && left > 0) {
        left = isEmpty.awaitNanos(left);
      }
      if (requests.get() > 0) {
        System.getLogger(InFlight.class.getName())
            .log(System.Logger.Level.WARNING, "Requests were still under way after " + grace);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }
}
