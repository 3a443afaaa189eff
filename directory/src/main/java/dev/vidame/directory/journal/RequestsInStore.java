package dev.vidame.directory.journal;

import dev.vidame.directory.journal.Replays.Found;
import dev.vidame.directory.storage.Session;
import dev.vidame.wire.CustomerId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Requests in a store that several processes write to, found by an index of it. Thread-safe. */
final class RequestsInStore implements PastRequests {
  private static final int PURGE_EVERY = 10_000;

  private static final String FOUND =
      "select customer_id, subject_id, seq, at, request_key, body_hash from ";

  private static final String CHANGED =
      FOUND + "journal where request_key = ?1 and customer_id = ?2 and at >= ?3";

  private static final String UNCHANGED =
      FOUND + "unchanged_requests where request_key = ?1 and customer_id = ?2 and at >= ?3";

  /** The latest that succeeded; a request may be made again when the first one is forgotten. */
  private static final String OF_CUSTOMER =
      CHANGED + " union all " + UNCHANGED + " order by at desc limit 1";

  /**
   * What operators change is not in a lane of a customer, and a new customer is in one of its own;
   * neither happens often.
   */
  private static final String OF_WHOMEVER =
      FOUND
          + "journal where request_key = ?1 and at >= ?2 union all "
          + FOUND
          + "unchanged_requests where request_key = ?1 and at >= ?2 order by at desc limit 1";

  private static final String REMEMBER =
      "insert into unchanged_requests (customer_id, subject_id, seq, at, request_key, body_hash)"
          + " values (?,?,?,?,?,?) on conflict (customer_id, request_key) do update"
          + " set subject_id = excluded.subject_id, seq = excluded.seq, at = excluded.at,"
          + " body_hash = excluded.body_hash";

  private static final String PURGE = "delete from unchanged_requests where at < ?";

  private final AtomicInteger remembered = new AtomicInteger();

  @Override
  public Optional<Found> find(Session session, Fingerprint key, Instant oldest)
      throws SQLException {
    Optional<CustomerId> customer = session.lane();
    return customer.isEmpty()
        ? findAnywhere(session, key, oldest)
        : session.one(
            OF_CUSTOMER,
            arguments -> arguments.bytes(key.bytes()).uuid(customer.get().value()).instant(oldest),
            Found::of);
  }

  @Override
  public Optional<Found> findAnywhere(Session session, Fingerprint key, Instant oldest)
      throws SQLException {
    return session.one(
        OF_WHOMEVER, arguments -> arguments.bytes(key.bytes()).instant(oldest), Found::of);
  }

  /** The journal's row is all there has to be. */
  @Override
  public void remember(Session session, Fingerprint key, long position) {}

  @Override
  public void rememberUnchanged(
      Session session, ChangeRequest request, Replays.Replay replay, Instant now)
      throws SQLException {
    session.update(
        REMEMBER,
        arguments ->
            arguments
                .uuid(replay.customer().value())
                .uuid(replay.subject())
                .number(replay.seq())
                .instant(now)
                .bytes(request.key().bytes())
                .bytes(request.bodyHash().bytes()));
    if (remembered.incrementAndGet() % PURGE_EVERY == 0) {
      session.update(PURGE, arguments -> arguments.instant(now.minus(Replays.WINDOW)));
    }
  }
}
