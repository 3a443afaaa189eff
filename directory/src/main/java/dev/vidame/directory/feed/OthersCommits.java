package dev.vidame.directory.feed;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.journal.CommitBells;
import dev.vidame.directory.storage.Arguments;
import dev.vidame.directory.storage.Transactions;
import dev.vidame.wire.CustomerId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Finds out what other processes have committed to the same store, while anybody waits for it.
 * Thread-safe. One thread looks for all who wait, four times a second, at {@value #AT_ONCE}
 * customers with one statement.
 */
final class OthersCommits {
  private static final System.Logger LOG = System.getLogger(OthersCommits.class.getName());
  private static final int AT_ONCE = 32;
  private static final long PAUSE_MILLIS = 250;

  private static final String ENDS =
      "select customer_id, seq from journal_heads where customer_id in (?"
          + ",?".repeat(AT_ONCE - 1)
          + ")";

  private final Transactions transactions;
  private final CommitBells bells;
  private final AtomicBoolean isWatching = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);

  OthersCommits(Transactions transactions, CommitBells bells) {
    this.transactions = transactions;
    this.bells = bells;
  }

  /** Looks until nobody waits any more, in the background. */
  void watch() {
    if (isWatching.compareAndSet(false, true)) {
      var _ = Thread.ofVirtual().name("vidame-others-commits").start(this::run);
    }
  }

  private void run() {
    try {
      do {
        while (!bells.isQuiet() && !closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
          look();
        }
        isWatching.set(false);
      } while (!bells.isQuiet() && closed.getCount() > 0 && isWatching.compareAndSet(false, true));
    } catch (InterruptedException e) {
      isWatching.set(false); // nobody does; whoever waits next begins anew
      Thread.currentThread().interrupt();
    }
  }

  /** One round. Whoever waits asks the store itself in the end, so a failed round loses nothing. */
  private void look() {
    List<CustomerId> waitedFor = new ArrayList<>();
    bells.waitedFor().forEach(waitedFor::add);
    try {
      for (int from = 0; from < waitedFor.size(); from += AT_ONCE) {
        List<CustomerId> some = waitedFor.subList(from, Math.min(from + AT_ONCE, waitedFor.size()));
        ends(some).forEach((customer, end) -> bells.ringUpTo(customer, end));
      }
    } catch (DirectoryException e) {
      LOG.log(System.Logger.Level.WARNING, "What others committed cannot be told at the moment", e);
    }
  }

  private Map<CustomerId, Long> ends(List<CustomerId> customers) {
    Map<CustomerId, Long> ends = new LinkedHashMap<>();
    transactions
        .query(session ->
            session.list(
                ENDS,
                arguments -> bind(arguments, customers),
                row -> Map.entry(new CustomerId(row.uuid(1)), row.number(2))))
        .forEach(end -> ends.put(end.getKey(), end.getValue()));
    return ends;
  }

  private static void bind(Arguments arguments, List<CustomerId> customers) throws SQLException {
    for (int place = 0; place < AT_ONCE; place++) {
      arguments.uuid(customers.get(Math.min(place, customers.size() - 1)).value());
    }
  }

  void close() {
    closed.countDown();
  }
}
