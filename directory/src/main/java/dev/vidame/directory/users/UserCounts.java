package dev.vidame.directory.users;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vidame.directory.journal.Journal;
import dev.vidame.directory.storage.Session;
import dev.vidame.directory.storage.Transactions;
import dev.vidame.wire.CustomerId;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How many accounts customers have. Thread-safe. Accounts in use are counted once for each end of
 * their customer's journal, without which their number cannot change; deleted ones are few.
 */
public final class UserCounts {
  static final String ACTIVE =
      "select count(*) from users where customer_id = ? and deleted_at is null";

  /** With the second condition, which always holds, SQLite reads the deleted ones only. */
  static final String DELETED =
      "select count(*) from users where customer_id = ? and deleted_at is not null"
          + " and lower(upn) >= '' and deleted_at > ?";

  private final Transactions transactions;
  private final Known known;
  private final Duration retention;
  private final InstantSource clock;

  /**
   * Counts over a store.
   *
   * @param known what was counted in that store
   * @param retention how long a deleted account can be restored
   * @param clock the time
   */
  public UserCounts(
      Transactions transactions, Known known, Duration retention, InstantSource clock) {
    this.transactions = transactions;
    this.known = known;
    this.retention = retention;
    this.clock = clock;
  }

  /** What was counted in a store, of the customers that were asked for last. Thread-safe. */
  public static final class Known {
    private static final int KEPT = 10_000;

    private final Cache<CustomerId, AtEnd> counts =
        Caffeine.newBuilder().maximumSize(KEPT).executor(Runnable::run).build();

    /** Nothing yet. */
    public Known() {}
  }

  /** How many were in use when a customer's journal ended there. */
  private record AtEnd(long seq, long active) {}

  /**
   * How many there are.
   *
   * @param active in use
   * @param deleted deleted, and can be restored
   */
  public record Counted(long active, long deleted) {
    /** All of them. */
    public long all() {
      return active + deleted;
    }
  }

  /** Those of a customer. */
  public Counted of(CustomerId customer) {
    Instant deletedAfter = clock.instant().minus(retention);
    return transactions.read(session ->
        new Counted(active(session, customer), deleted(session, customer, deletedAfter)));
  }

  private long active(Session session, CustomerId customer) throws SQLException {
    long seq = Journal.end(session, customer).seq();
    AtEnd before = known.counts.getIfPresent(customer);
    if (before != null && before.seq() == seq) {
      return before.active();
    }
    long active =
        session
            .one(ACTIVE, arguments -> arguments.uuid(customer.value()), row -> row.number(1))
            .orElse(0L);
    known.counts.put(customer, new AtEnd(seq, active));
    return active;
  }

  private static long deleted(Session session, CustomerId customer, Instant after)
      throws SQLException {
    return session
        .one(
            DELETED,
            arguments -> arguments.uuid(customer.value()).instant(after),
            row -> row.number(1))
        .orElse(0L);
  }
}
