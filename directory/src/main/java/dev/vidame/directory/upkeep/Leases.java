package dev.vidame.directory.upkeep;

import dev.vidame.directory.storage.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Who does what only one of several servers is to do, until a time that it can put off.
 * Thread-safe.
 */
public final class Leases {
  private static final String TAKE =
      "insert into leases (name, holder, ends_at) values (?1, ?2, ?3)"
          + " on conflict (name) do update set holder = excluded.holder, ends_at = excluded.ends_at"
          + " where leases.holder = excluded.holder or leases.ends_at <= ?4";

  private final Transactions transactions;
  private final Clock clock;

  /** Leases in a store. */
  public Leases(Transactions transactions, Clock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Takes something on, or goes on with it.
   *
   * @param name what
   * @param holder who, the same for a process as long as it runs
   * @param time how long, if it is not put off by then
   * @return false where another has it
   */
  public boolean take(String name, UUID holder, Duration time) {
    Instant now = clock.instant();
    return transactions.writeShared(session ->
        session.update(
                TAKE,
                arguments -> arguments.text(name).uuid(holder).instant(now.plus(time)).instant(now))
            == 1);
  }
}
