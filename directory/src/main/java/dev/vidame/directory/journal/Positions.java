package dev.vidame.directory.journal;

import dev.vidame.directory.storage.Session;
import java.sql.SQLException;
import java.time.Instant;

/** Finds places of a table whose positions grow with time. */
final class Positions {
  private Positions() {}

  /**
   * The first position that is not before a moment, or the one behind the last. Found by halving,
   * without reading what lies before it.
   *
   * @param nextFrom a statement for the first row from a position on, with its time in the second
   *     column
   * @param last the table's last position
   */
  static long firstSince(Session session, String nextFrom, long last, Instant moment)
      throws SQLException {
    long low = 1;
    long high = last + 1;
    while (low < high) {
      long middle = (low + high) >>> 1;
      boolean isSince =
          session
              .one(nextFrom, arguments -> arguments.number(middle), row -> row.instant(2))
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
