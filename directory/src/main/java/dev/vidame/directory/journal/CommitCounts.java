package dev.vidame.directory.journal;

import dev.vidame.wire.CustomerId;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts the changes of customers that this process has committed. Thread-safe.
 *
 * <p>Customers share counters, so that a process keeps few however many customers there are: a
 * count that stayed says that its customer did not change, and one that grew that it may have. It
 * grows when the change is on disk and before its caller hears of it.
 */
public final class CommitCounts {
  private static final int COUNTERS = 4_096;

  private final AtomicLongArray counters = new AtomicLongArray(COUNTERS);

  /** A change of the customer was committed. */
  void count(CustomerId customer) {
    counters.incrementAndGet(counter(customer));
  }

  /** The count for the customer, which is 0 when the process starts. */
  public long of(CustomerId customer) {
    return counters.get(counter(customer));
  }

  private static int counter(CustomerId customer) {
    int hash = customer.hashCode();
    return (hash ^ (hash >>> 16)) & (COUNTERS - 1);
  }
}
