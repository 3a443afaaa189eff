package dev.vidame.directory.journal;

import dev.vidame.directory.storage.Arguments;
import dev.vidame.directory.storage.LockedHeads.Head;
import dev.vidame.directory.storage.Session;
import dev.vidame.wire.CustomerId;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Ends in a store that several processes write to: each transaction locks those that it moves.
 * Thread-safe.
 *
 * <p>A position is the time in microseconds with some bits of chance behind it, the same for all
 * positions of a process, so that two processes do not make the same. Within a process positions
 * grow, also while the clock stands still or is set back.
 */
final class EndsInStore implements JournalEnds {
  private static final int PROCESS_BITS = 12;
  private static final long ONE = 1L << PROCESS_BITS;

  private static final String SEQ = "select seq from journal_heads where customer_id = ?";

  private final Clock clock;
  private final AtomicLong last = new AtomicLong(ThreadLocalRandom.current().nextLong(ONE));

  EndsInStore(Clock clock) {
    this.clock = clock;
  }

  /** The lowest position of a moment. */
  static long position(Instant moment) {
    return Math.clamp(Arguments.micros(moment), 0, Long.MAX_VALUE >> PROCESS_BITS) << PROCESS_BITS;
  }

  @Override
  public Head head(Session session, CustomerId customer) throws SQLException {
    return session.heads().of(customer);
  }

  @Override
  public long lastSeq(Session session, CustomerId customer) throws SQLException {
    return session
        .one(SEQ, arguments -> arguments.uuid(customer.value()), row -> row.number(1))
        .orElse(0L);
  }

  @Override
  public long nextPosition(Session session) {
    long now = position(clock.instant());
    return last.updateAndGet(before -> Math.max(before + ONE, now | (before & (ONE - 1))));
  }

  @Override
  public long lastPosition(Session session) {
    return nextPosition(session);
  }

  @Override
  public void appended(Session session, CustomerId customer, Head end, long position) {
    session.heads().move(customer, end);
  }
}
