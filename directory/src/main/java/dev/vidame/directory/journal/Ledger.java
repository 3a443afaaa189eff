package dev.vidame.directory.journal;

import dev.vidame.directory.storage.Session;
import dev.vidame.wire.CustomerId;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The journal as those need it who do not take an account back to an earlier state: a request is
 * found again, or leaves a row. For the writing side only.
 */
public final class Ledger {
  /**
   * The journal of the service itself: what belongs neither to a customer nor to a partner. A
   * partner's own journal goes under the partner's id.
   */
  public static final CustomerId SERVICE = new CustomerId(new UUID(0, 0));

  private final Journal journal;
  private final Replays replays;

  /** A ledger over a journal and the requests that it remembers. */
  public Ledger(Journal journal, Replays replays) {
    this.journal = journal;
    this.replays = replays;
  }

  /**
   * What this very request was about, where it succeeded before.
   *
   * @throws dev.vidame.directory.DirectoryException when its id was used with another body
   */
  public Optional<UUID> repeated(Session session, ChangeRequest request) throws SQLException {
    return replays.find(session, request).map(Replays.Replay::subject);
  }

  /** Whether this very request succeeded before; otherwise as {@link #repeated}. */
  public boolean isReplay(Session session, ChangeRequest request) throws SQLException {
    return repeated(session, request).isPresent();
  }

  /** Appends a row to the journal of a tenant. */
  public void append(
      Session session, CustomerId tenant, Journal.Change change, ChangeRequest request)
      throws SQLException {
    journal.append(session, tenant, change, request);
  }

  /** Appends a row about fields that changed; where none did, only the request is remembered. */
  public void update(
      Session session, CustomerId tenant, Journal.Change change, ChangeRequest request)
      throws SQLException {
    if (change.fields().isEmpty()) {
      unchanged(session, tenant, change.subject(), request);
    } else {
      append(session, tenant, change, request);
    }
  }

  private void unchanged(Session session, CustomerId tenant, UUID subject, ChangeRequest request)
      throws SQLException {
    replays.rememberUnchanged(
        session, request, new Replays.Replay(tenant, subject, journal.lastSeq(session, tenant)));
  }

  /** A row that names nothing but what was done. */
  public static Journal.Change bare(Operation operation, UUID subject) {
    return new Journal.Change(operation, subject, List.of());
  }
}
