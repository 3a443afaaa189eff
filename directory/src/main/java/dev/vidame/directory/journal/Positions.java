package dev.vidame.directory.journal;

import dev.vidame.directory.storage.Session;
import java.sql.SQLException;
import java.time.Instant;

/** Finds places of a table whose positions grow with time. Immutable. */
final class Positions {
  /** Those of the journal. */
  static final Positions OF_JOURNAL = new Positions("journal");

  private final String last;
  private final String nextFrom;

  /** The positions of a table that has columns {@code position} and {@code at}. */
  Positions(String table) {
    last = "select coalesce(max(position), 0) from " + table;
    nextFrom = "select at from " + table + " where position >= ? order by position limit 1";
  }

  /** The last position, 0 where there is none. */
  long last(Session session) throws SQLException {
    return session.one(last, none -> {}, row -> row.number(1)).orElse(0L);
  }

  /**
   * The first position that is not before a moment, or the one behind the last. Found by halving,
   * without reading what lies before it.
   *
   * @param last the last position
   */
  long firstSince(Session session, long last, Instant moment) throws SQLException {
    long low = 1;
    long high = last + 1;
    while (low < high) {
      long middle = (low + high) >>> 1;
      boolean isSince =
          session
              .one(nextFrom, arguments -> arguments.number(middle), row -> row.instant(1))
              .map(at -> !at.isBefore(moment))
              .orElse(true);
      if (isSince) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
