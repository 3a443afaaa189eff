package dev.vidame.directory.journal;

import dev.vidame.directory.storage.Session;
import java.sql.SQLException;

/**
 * Keeps the indexes of the journal, by customer and by partner, some hundred rows behind it.
 *
 * <p>An ordinary index would write a page for each customer of a batch into each commit, which is
 * as much as the accounts themselves. So rows enter both many at a time, and whoever reads by
 * customer or by partner reads the index and, behind it, the last rows one by one. Rows of
 * customers that have few of them at that time would still write a page each; they wait in {@link
 * JournalRuns}, where whoever reads by customer looks, too. Used on the writing side only, which
 * runs one unit of work at a time.
 */
final class JournalIndex {
  /** More would make reads by index slower than an append: they look at each of these rows. */
  static final int MOST_BEHIND = 512;

  private static final String INDEXED = "select position from journal_indexed";

  private static final String INDEX_CUSTOMERS =
      "insert into journal_index (of_customer, of_seq, position)"
          + " select customer_id, seq, position from journal where position > ?1 and customer_id in "
          + JournalRuns.WITH_MANY
          + " order by customer_id, seq";

  private static final String INDEX_PARTNERS =
      "insert into journal_of_partners (of_partner, position)"
          + " select partner_id, position from journal where position > ?"
          + " order by partner_id, position";

  private static final String SET_INDEXED = "update journal_indexed set position = ?";

  private static final long UNKNOWN = -1;

  private final JournalRuns runs = new JournalRuns();
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
  static String rowsOfCustomer(String columns, String condition) {
    String where = " where of_customer = ?1" + (condition.isEmpty() ? "" : " and " + condition);
    return "select "
        + columns
        + ", of_seq from journal_index cross join journal using (position)"
        + where
        + " union all select "
        + columns
        + JournalRuns.FROM_WAITING
        + where
        + " union all select "
        + columns
        + ", of_seq from (select customer_id as of_customer, seq as of_seq, journal.* from journal)"
        + where
        + " and position > (select position from journal_indexed)";
  }

  /**
   * A statement over a partner's rows, to which an order by {@code position} is to be added. Its
   * arguments are the partner, and the first and the last position. Behind the index there is one
   * lower bound only: of two, SQLite reads from either, and from the lower one it reads whatever is
   * indexed.
   *
   * @param columns of {@code journal}
   */
  static String rowsOfPartner(String columns) {
    return "select "
        + columns
        + ", position from journal_of_partners cross join journal using (position)"
        + " where of_partner = ?1 and position between ?2 and ?3 union all select "
        + columns
        + ", position from journal where partner_id = ?1"
        + " and position between max(?2, (select position + 1 from journal_indexed)) and ?3";
  }

  /** To be called with the position of each row right after it was appended. */
  void appended(Session session, long position) throws SQLException {
    if (indexed == UNKNOWN) {
      indexed = session.one(INDEXED, none -> {}, row -> row.number(1)).orElseThrow();
    }
    if (position - indexed >= MOST_BEHIND) {
      long from = indexed;
      session.update(INDEX_PARTNERS, arguments -> arguments.number(from));
      int entered = session.update(INDEX_CUSTOMERS, arguments -> arguments.number(from));
      if (entered < position - from) {
        runs.add(session, from);
      }
      session.update(SET_INDEXED, arguments -> arguments.number(position));
      indexed = position;
      session.onRollback(() -> indexed = UNKNOWN);
    }
  }
}
