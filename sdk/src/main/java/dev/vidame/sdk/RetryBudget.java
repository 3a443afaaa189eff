package dev.vidame.sdk;

import java.util.concurrent.atomic.AtomicInteger;

/** The tokens that the retries of one client share. Thread-safe. */
final class RetryBudget {
  private final int capacity;
  private final AtomicInteger tokens;

  RetryBudget(int capacity) {
    this.capacity = capacity;
    this.tokens = new AtomicInteger(capacity);
  }

  /** Takes the tokens, or none when there are too few. */
  boolean take(int wanted) {
    int left = tokens.get();
    while (left >= wanted) {
      if (tokens.compareAndSet(left, left - wanted)) {
        return true;
      }
      left = tokens.get();
    }
    return false;
  }

  void putBack(int number) {
    tokens.updateAndGet(left -> left + Math.min(number, capacity - left));
  }
}
