package dev.vidame.directory.journal;

import dev.vidame.directory.Failure;
import dev.vidame.directory.storage.Dialect;
import dev.vidame.directory.storage.Row;
import dev.vidame.directory.storage.Session;
import dev.vidame.wire.CustomerId;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds requests that succeeded before, so that a repetition has no second effect.
 *
 * <p>Used on the writing side only, which runs one unit of work of a customer at a time.
 */
public final class Replays {
  /** How long a request is remembered. */
  static final Duration WINDOW = Duration.ofHours(24);

  private final Clock clock;
  private final PastRequests requests;
  private final byte[] secret;

  /**
   * Remembers requests by this clock, in such a store.
   *
   * @param secret of the store, without which what is kept of a body tells nothing about it
   */
  public Replays(Clock clock, Dialect dialect, byte[] secret) {
    this.clock = clock;
    this.secret = secret.clone();
    this.requests =
        switch (dialect) {
          case SQLITE -> new RequestsInMemory(clock);
          case POSTGRESQL -> new RequestsInStore();
        };
  }

  /**
   * A request that succeeded.
   *
   * @param customer whose directory it was about
   * @param subject the account
   * @param seq the end of the customer's journal right after it
   */
  public record Replay(CustomerId customer, UUID subject, long seq) {}

  /**
   * The earlier success of this very request, if there was one in the last 24 hours.
   *
   * @throws dev.vidame.directory.DirectoryException when the request id was used with another body
   */
  public Optional<Replay> find(Session session, ChangeRequest request) throws SQLException {
    return replay(requests.find(session, request.key(), oldest()), request);
  }

  /**
   * The same for a request that makes a customer, which has another id, and so another lane, each
   * time.
   */
  public Optional<Replay> findCreation(Session session, ChangeRequest request) throws SQLException {
    return replay(requests.findAnywhere(session, request.key(), oldest()), request);
  }

  private Instant oldest() {
    return clock.instant().minus(WINDOW);
  }

  private Optional<Replay> replay(Optional<Found> found, ChangeRequest request) {
    if (found.isPresent() && !isOf(request.bodyHash(), found.get().bodyHash())) {
      throw new Failure.RequestIdReused().asException();
    }
    return found.map(Found::replay);
  }

  /** Also as it was kept before there was a secret, for the day after that. */
  private boolean isOf(Fingerprint bodyHash, Fingerprint stored) {
    return stored.equals(kept(bodyHash)) || stored.equals(bodyHash);
  }

  /**
   * What is kept of a body's hash. A body may hold a password, and whoever reads the journal must
   * not be able to try passwords against a fast hash of it (docs/decisions/0069).
   */
  Fingerprint kept(Fingerprint bodyHash) {
    return Fingerprint.of(secret, bodyHash.bytes());
  }

  /** Remembers that a request made the journal row at this position. */
  void remember(Session session, Fingerprint key, long position) {
    requests.remember(session, key, position);
  }

  /** Remembers that a request succeeded without changing anything. */
  public void rememberUnchanged(Session session, ChangeRequest request, Replay replay)
      throws SQLException {
    requests.rememberUnchanged(
        session, request.withBodyHash(kept(request.bodyHash())), replay, clock.instant());
  }

  /** What is stored of one. */
  record Found(Replay replay, Instant at, Fingerprint key, Fingerprint bodyHash) {
    static Found of(Row row) throws SQLException {
      return new Found(
          new Replay(new CustomerId(row.uuid(1)), row.uuid(2), row.number(3)),
          row.instant(4),
          Fingerprint.of(row.bytes(5)),
          Fingerprint.of(row.bytes(6)));
    }
  }
}
