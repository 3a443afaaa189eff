package dev.vidame.directory.journal;

import dev.vidame.directory.storage.Session;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * Rows on their way into the index of the journal by customer.
 *
 * <p>Rows of many customers lie in as many pages of that index. So they are first written as a run,
 * which is in order of customers and lies together. The customers are divided into slices by their
 * ids, which are chance; with each new run, the rows of one slice of all runs enter the index, many
 * in each page. After as many runs as there are slices, each row of a run has entered, and the run
 * is dropped. What the slice's customers still have in the runs is what came after that slice's
 * turn.
 *
 * <p>Used on the writing side only, which runs one unit of work at a time.
 */
final class JournalRuns {
  /** More slices make fewer pages to be written, and more runs to be looked into. */
  static final int SLICES = 64;

  /** Whoever has so many rows fills pages of the index with them; and of others few rows wait. */
  private static final int MANY = 4;

  /** Who has many of the rows behind {@code ?1}. */
  static final String WITH_MANY =
      "(select customer_id from journal where position > ?1 group by customer_id having count(*) >= "
          + MANY
          + ")";

  /**
   * Continues a statement over columns of {@code journal} for the customer {@code ?1}, to which a
   * condition with {@code of_customer} is to be added.
   */
  static final String FROM_WAITING =
      ", of_seq from (select run as waiting from journal_slices where run >= coalesce((select run from"
          + " journal_slices where from_customer <= ?1 order by from_customer desc limit 1), 0))"
          + " cross join journal_runs on run = waiting cross join journal using (position)";

  private static final String NEWEST = "select coalesce(max(run), 0) from journal_slices";

  private static final String SWEEP =
      "insert into journal_index (of_customer, of_seq, position) select of_customer, of_seq, position"
          + " from journal_slices cross join journal_runs using (run)"
          + " where of_customer >= ?1 and of_customer < ?2 order by of_customer, of_seq";

  private static final String DROP =
      "delete from journal_runs where run = (select run from journal_slices where from_customer = ?)";

  private static final String ADD =
      "insert into journal_runs (run, of_customer, of_seq, position)"
          + " select ?2, customer_id, seq, position from journal where position > ?1"
          + " and customer_id not in "
          + WITH_MANY
          + " order by customer_id, seq";

  private static final String SET_RUN = "update journal_slices set run = ? where from_customer = ?";

  private static final long UNKNOWN = -1;

  private static final int ID_BYTES = 16;
  private static final int BYTE_VALUES = 256;

  private long newest = UNKNOWN;

  /** Makes a run of the rows behind a position, but for those of customers with many. */
  void add(Session session, long position) throws SQLException {
    if (newest == UNKNOWN) {
      newest = session.one(NEWEST, none -> {}, row -> row.number(1)).orElseThrow();
    }
    session.onRollback(() -> newest = UNKNOWN);
    newest++;
    int slice = (int) (newest % SLICES);
    byte[] from = from(slice);
    session.update(SWEEP, arguments -> arguments.bytes(from).bytes(from(slice + 1)));
    session.update(DROP, arguments -> arguments.bytes(from));
    session.update(ADD, arguments -> arguments.number(position).number(newest));
    session.update(SET_RUN, arguments -> arguments.number(newest).bytes(from));
  }

  /**
   * What the ids of a slice's customers do not come before; after the last slice, what none
   * reaches.
   */
  static byte[] from(int slice) {
    if (slice == SLICES) {
      byte[] behindAll = new byte[ID_BYTES + 1];
      Arrays.fill(behindAll, (byte) -1);
      return behindAll;
    }
    return new byte[] {(byte) (slice * (BYTE_VALUES / SLICES))};
  }
}
