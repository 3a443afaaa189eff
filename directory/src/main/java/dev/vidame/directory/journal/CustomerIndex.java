package dev.vidame.directory.journal;

import dev.vidame.directory.storage.Session;
import java.sql.SQLException;

/**
 * Keeps the index of the journal by customer, some hundred rows behind it.
 *
 * <p>An ordinary index would write a page for each customer of a batch into each commit, which is
 * as much as the accounts themselves. So rows enter it many at a time, and whoever reads by
 * customer reads the index and, behind it, the last rows one by one. Used on the writing side only,
 * which runs one unit of work at a time.
 */
final class CustomerIndex {
  /** More would make reads by customer slower than an append: they look at each of these rows. */
  static final int MOST_BEHIND = 512;

  private static final String INDEXED = "select position from journal_indexed";

  private static final String INDEX =
      "insert into journal_index (of_customer, of_seq, position)"
          + " select customer_id, seq, position from journal where position > ?"
          + " order by customer_id, seq";

  private static final String SET_INDEXED = "update journal_indexed set position = ?";

  private static final long UNKNOWN = -1;

  private long indexed = UNKNOWN;

  /**
   * A statement over a customer's rows, to which an order by {@code of_seq} is to be added. Its
   * first argument is the customer. A row is found by what the index says, and not by what the row
   * itself says, which may have been tampered with; so what it says is not to be relied on but to
   * be checked.
   *
   * @param columns of {@code journal}
   * @param condition further, over {@code of_seq} and columns of {@code journal}; empty for none
   */
  static String rows(String columns, String condition) {
    String where = " where of_customer = ?1" + (condition.isEmpty() ? "" : " and " + condition);
    return "select "
        + columns
        + ", of_seq from journal_index cross join journal using (position)"
        + where
        + " union all select "
        + columns
        + ", of_seq from (select customer_id as of_customer, seq as of_seq, journal.* from journal)"
        + where
        + " and position > (select position from journal_indexed)";
  }

  /** To be called with the position of each row right after it was appended. */
  void appended(Session session, long position) throws SQLException {
    if (indexed == UNKNOWN) {
      indexed = session.one(INDEXED, none -> {}, row -> row.number(1)).orElseThrow();
    }
    if (position - indexed >= MOST_BEHIND) {
      long from = indexed;
      session.update(INDEX, arguments -> arguments.number(from));
      session.update(SET_INDEXED, arguments -> arguments.number(position));
      indexed = position;
      session.onRollback(() -> indexed = UNKNOWN);
    }
  }
}
