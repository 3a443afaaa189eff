package dev.vidame.testkit;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Ids of what a test makes: the same ones in every run, in the order of making, so that answers can
 * be compared with kept ones. Thread-safe.
 */
final class Ids {
  private static final long PREFIX = 0x7e57_0000_0000_4000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private final AtomicLong last = new AtomicLong();

  UUID next() {
    return new UUID(PREFIX, VARIANT | last.incrementAndGet());
  }

  /** A short text that no other thing has. */
  String text() {
    return Long.toString(last.incrementAndGet());
  }

  long state() {
    return last.get();
  }

  void set(long state) {
    last.set(state);
  }
}
