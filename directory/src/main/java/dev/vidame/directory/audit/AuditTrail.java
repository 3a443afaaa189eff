package dev.vidame.directory.audit;

import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.journal.Journal;
import dev.vidame.directory.journal.Tally;
import dev.vidame.directory.paging.Page;
import dev.vidame.directory.paging.PageQuery;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.storage.Session;
import dev.vidame.directory.storage.Transactions;
import dev.vidame.wire.CustomerId;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a partner's people and applications did and what they tried, the newest first. Thread-safe.
 *
 * <p>The journal tells what was done, so nothing that was done can be missing. Refused requests
 * change nothing and so are no part of the journal; they are kept beside it, in order with its
 * rows.
 */
public final class AuditTrail {
  /** How long things are told. The journal itself is kept. */
  public static final Duration RETENTION = Duration.ofDays(90);

  private static final String KEEP_NAME =
      "insert into former_actors (partner_id, actor_id, name) values (?,?,?)"
          + " on conflict (partner_id, actor_id) do update set name = excluded.name";

  private final Transactions transactions;
  private final RefusedRequests refusedRequests;
  private final Clock clock;

  /** The trail over a store. */
  public AuditTrail(Transactions transactions, Journal journal, Clock clock) {
    this.transactions = transactions;
    this.refusedRequests = new RefusedRequests(journal, clock);
    this.clock = clock;
  }

  /**
   * A record of a page.
   *
   * @param key where it stands, as {@link PageQuery} wants it
   * @param record the record
   * @param <T> what records are
   */
  public record Listed<T>(List<String> key, T record) {
    /** Copies the key. */
    public Listed {
      key = List.copyOf(key);
    }
  }

  /**
   * A page of records, the newest first.
   *
   * @param records makes the records of an entry, always the same ones, oldest first
   * @param condition which of them are wanted
   */
  public <T> Page<Listed<T>> page(
      AuditQuery query,
      PageQuery page,
      Function<AuditEntry, List<T>> records,
      Predicate<T> condition) {
    return transactions.read(
        session -> Page.of(page, new Scan<>(session, query, page, records, condition).run()));
  }

  /**
   * How often the partner did what, of the newest {@value Tally#MOST} changes.
   *
   * @param customer only what was about this customer; null for all
   * @param from the first moment that counts, at a quarter of an hour
   */
  public Tally.Counted tally(PartnerId partner, @Nullable CustomerId customer, Instant from) {
    return tally(new Tally.Wanted(partner, customer, from, Tally.MOST));
  }

  Tally.Counted tally(Tally.Wanted wanted) {
    return transactions.read(session -> Tally.of(session, wanted));
  }

  /** A change that the partner made to a customer, by its place in the customer's journal. */
  public Optional<AuditEntry> change(PartnerId partner, CustomerId customer, long seq) {
    return transactions.read(session -> {
      Optional<Entry> entry =
          Journal.page(session, customer, seq - 1, 1).stream()
              .filter(row -> row.seq() == seq && isTold(row.at()))
              .filter(row -> row.request().actor().partner().equals(partner))
              .findFirst();
      return entry.isEmpty()
          ? Optional.empty()
          : Optional.of(entry(new Names(session, partner), entry.get()));
    });
  }

  /** A refused request of the partner, by its number. */
  public Optional<AuditEntry> refusal(PartnerId partner, long number) {
    return transactions.read(session -> {
      Optional<RefusedRequests.Found> found =
          RefusedRequests.one(session, partner, number).filter(refused -> isTold(refused.at()));
      return found.isEmpty()
          ? Optional.empty()
          : Optional.of(entry(new Names(session, partner), found.get()));
    });
  }

  private boolean isTold(Instant at) {
    return !at.isBefore(oldest());
  }

  private Instant oldest() {
    return clock.instant().minus(RETENTION);
  }

  /** Remembers a refused request for a while; a repetition of it is the same request. */
  public void remember(RefusedRequest refused) {
    transactions.writeShared(session -> {
      refusedRequests.remember(session, refused, oldest());
      return true;
    });
  }

  /** Keeps the name of an agent or an application that is about to go. For the writing side. */
  public static void keepName(Session session, PartnerId partner, UUID actor, String name)
      throws SQLException {
    session.update(KEEP_NAME, arguments -> arguments.uuid(partner.value()).uuid(actor).text(name));
  }

  static AuditEntry entry(Names names, Entry entry) throws SQLException {
    ChangeRequest request = entry.request();
    return new AuditEntry(
        entry.at(),
        names.who(request.actor()),
        entry.customer(),
        names.company(entry.customer()),
        request.correlationId(),
        new AuditEntry.Change(entry.seq(), entry.operation(), entry.subject(), entry.changes()));
  }

  static AuditEntry entry(Names names, RefusedRequests.Found found) throws SQLException {
    return new AuditEntry(
        found.at(),
        names.who(found.actor()),
        found.customer(),
        names.company(found.customer()),
        found.correlationId(),
        found.refusal());
  }
}
