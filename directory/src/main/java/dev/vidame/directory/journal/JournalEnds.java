package dev.vidame.directory.journal;

import dev.vidame.directory.storage.Dialect;
import dev.vidame.directory.storage.LockedHeads.Head;
import dev.vidame.directory.storage.Session;
import dev.vidame.wire.CustomerId;
import java.sql.SQLException;
import java.time.Clock;

/** Where journals end, and so where the next row goes. For the writing side. */
sealed interface JournalEnds permits EndsInMemory, EndsInStore {

  /** What knows the ends in such a store. */
  static JournalEnds in(Dialect dialect, Clock clock) {
    return switch (dialect) {
      case SQLITE -> new EndsInMemory();
      case POSTGRESQL -> new EndsInStore(clock);
    };
  }

  /** The end of a customer's journal, which nobody else moves until the transaction ends. */
  Head head(Session session, CustomerId customer) throws SQLException;

  /** The last {@code seq} of a customer's journal, whoever may move it meanwhile. */
  long lastSeq(Session session, CustomerId customer) throws SQLException;

  /** A position behind all rows that are there. */
  long nextPosition(Session session) throws SQLException;

  /** The position of the last row, or one behind it and before all that are to come. */
  long lastPosition(Session session) throws SQLException;

  /** To be called right after a row was appended, with the end that it is. */
  void appended(Session session, CustomerId customer, Head end, long position) throws SQLException;
}
