package dev.vidame.directory.journal;

import dev.vidame.directory.storage.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Where requests that succeeded are found again. For the writing side. */
sealed interface PastRequests permits RequestsInMemory, RequestsInStore {

  /** The request of this key, if it did not succeed before {@code oldest}. */
  Optional<Replays.Found> find(Session session, Fingerprint key, Instant oldest)
      throws SQLException;

  /** The same, where the request may have been about a customer of any lane. */
  Optional<Replays.Found> findAnywhere(Session session, Fingerprint key, Instant oldest)
      throws SQLException;

  /** Remembers that a request made the journal row at this position. */
  void remember(Session session, Fingerprint key, long position);

  /** Remembers that a request succeeded without changing anything. */
  void rememberUnchanged(Session session, ChangeRequest request, Replays.Replay replay, Instant now)
      throws SQLException;
}
