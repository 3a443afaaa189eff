package dev.vidame.directory.journal;

import dev.vidame.directory.storage.Session;
import java.sql.SQLException;
import java.time.Instant;

/** The tables whose positions grow with time, and how to find a place in them. */
enum Positions {
  /** Those of the journal. */
  OF_JOURNAL("journal"),
  /** Those of the requests that succeeded without changing anything. */
  OF_UNCHANGED("unchanged_requests");

  private final String last;
  private final String nextFrom;

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
