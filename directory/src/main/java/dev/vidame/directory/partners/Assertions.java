package dev.vidame.directory.partners;

import dev.vidame.directory.Failure;
import dev.vidame.directory.storage.Session;
import dev.vidame.directory.storage.Transactions;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What it takes to believe an application that has signed who it is: its keys, and which of its
 * assertions were used. Thread-safe.
 */
public final class Assertions {
  /**
   * So many of an application's are remembered at a time. Only who has one of its keys can use one
   * up, and a token lasts longer than they do.
   */
  public static final int MOST_REMEMBERED = 10_000;

  private static final Duration TRY_AGAIN = Duration.ofSeconds(10);

  private static final String IS_FULL =
      "select 1 from used_assertions where application_id = ? limit 1 offset ?";

  /** One whose time is over counts for nothing, even where it is still there. */
  private static final String USE =
      "insert into used_assertions (application_id, assertion_hash, expires_at) values (?,?,?)"
          + " on conflict (application_id, assertion_hash) do update"
          + " set expires_at = excluded.expires_at where used_assertions.expires_at <= ?";

  /** A few at a time, and more than are added. */
  private static final String PURGE =
      "delete from used_assertions where (application_id, assertion_hash) in"
          + " (select application_id, assertion_hash from used_assertions where expires_at <= ?"
          + " order by expires_at, application_id, assertion_hash limit 4)";

  private final Transactions transactions;
  private final Clock clock;

  /** Assertions over a store. */
  public Assertions(Transactions transactions, Clock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * An application with its keys.
   *
   * @param application one that may have tokens
   * @param keys all of them, oldest first
   */
  public record Signer(Application application, List<ApplicationKey> keys) {
    /** Copies the keys. */
    public Signer {
      keys = List.copyOf(keys);
    }
  }

  /** The confidential application of this id that may have tokens, or empty. */
  public Optional<Signer> signer(ApplicationId id) {
    return transactions.read(session -> {
      Optional<Application> found =
          ApplicationTable.inUse(session, id).filter(Application::isConfidential);
      return found.isEmpty()
          ? Optional.<Signer>empty()
          : Optional.of(new Signer(found.get(), ApplicationKeyTable.all(session, id)));
    });
  }

  /**
   * Uses an assertion up. Of any number of calls at a time one is the first; that is on disk before
   * it returns, so that no restart makes an assertion good again.
   *
   * @param hash of what tells it from the application's others
   * @param until when it would not be good anyway
   * @return whether it was not used before
   * @throws dev.vidame.directory.DirectoryException when the application has used too many just now
   */
  public boolean isFirstUse(ApplicationId application, byte[] hash, Instant until) {
    return transactions.writeShared(session -> {
      Instant now = clock.instant();
      session.update(PURGE, arguments -> arguments.instant(now));
      requireRoom(session, application);
      return session.update(
              USE,
              arguments ->
                  arguments.uuid(application.value()).bytes(hash).instant(until).instant(now))
          == 1;
    });
  }

  private static void requireRoom(Session session, ApplicationId application) throws SQLException {
    boolean isFull =
        session
            .one(
                IS_FULL,
                arguments -> arguments.uuid(application.value()).number(MOST_REMEMBERED - 1),
                row -> row.number(1))
            .isPresent();
    if (isFull) {
      throw new Failure.Overloaded(TRY_AGAIN).asException();
    }
  }
}
