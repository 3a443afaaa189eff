package dev.vidame.directory.journal;

import dev.vidame.wire.CustomerId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Tells whoever waits for a customer's changes that one was committed. Thread-safe.
 *
 * <p>All who wait for one customer share a bell. It rings once, so whoever goes on waiting takes
 * the next one, and looks at the journal after taking it: what is committed in between rings it.
 * Ringing costs the committing thread one look into a table, and one thread to wake, which wakes
 * the next.
 */
public final class CommitBells {
  private final Map<CustomerId, Bell> bells = new ConcurrentHashMap<>();

  /** Rings once. */
  public static final class Bell {
    private final CountDownLatch rung = new CountDownLatch(1);
    private int holders = 1;
    private long seq = Long.MAX_VALUE;

    private Bell() {}

    /**
     * Waits until it rings or the time is over.
     *
     * @throws InterruptedException when the thread is interrupted
     */
    public void await(Duration time) throws InterruptedException {
      var _ = rung.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Somebody waits for what is behind this place. */
    public synchronized void isWaitedFor(long behind) {
      seq = Math.min(seq, behind);
    }

    private synchronized boolean isWaitedForBefore(long end) {
      return seq < end;
    }
  }

  /** A bell for a customer's next commit, to be given back with {@link #giveBack}. */
  public Bell take(CustomerId customer) {
    return bells.compute(
        customer,
        (key, bell) -> {
          if (bell == null) {
            return new Bell();
          }
          bell.holders++;
          return bell;
        });
  }

  /** Nobody waits for this bell any more, as far as one of those goes who took it. */
  public void giveBack(CustomerId customer, Bell bell) {
    bells.computeIfPresent(
        customer, (key, current) -> current == bell && --bell.holders == 0 ? null : current);
  }

  /** A change of the customer was committed. */
  public void ring(CustomerId customer) {
    if (!bells.isEmpty()) {
      Bell bell = bells.remove(customer);
      if (bell != null) {
        bell.rung.countDown();
      }
    }
  }

  /** The customer's journal ends here, as somebody found; who waits for less is told. */
  public void ringUpTo(CustomerId customer, long end) {
    Bell bell = bells.get(customer);
    if (bell != null && bell.isWaitedForBefore(end) && bells.remove(customer, bell)) {
      bell.rung.countDown();
    }
  }

  /** Wakes everybody. */
  public void ringAll() {
    bells.keySet().forEach(this::ring);
  }

  /** Whose changes are waited for. */
  public Iterable<CustomerId> waitedFor() {
    return bells.keySet();
  }

  /** Whether nobody waits. */
  public boolean isQuiet() {
    return bells.isEmpty();
  }
}
