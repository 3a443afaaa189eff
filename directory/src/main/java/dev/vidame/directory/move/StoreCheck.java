package dev.vidame.directory.move;

import dev.vidame.directory.journal.Journal;
import dev.vidame.directory.storage.SqliteFile;
import dev.vidame.directory.storage.WholeStore;
import dev.vidame.directory.storage.WholeStore.Cursor;
import dev.vidame.directory.storage.WholeStore.Kind;
import dev.vidame.wire.CustomerId;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Looks whether a file is a whole store that this program can serve from. */
final class StoreCheck {
  /** Customers whose journal has a gap, or does not begin at its beginning. */
  private static final String GAPS =
      "select count(*) from (select 1 from journal group by customer_id"
          + " having count(*) <> max(seq) or min(seq) <> 1)";

  /** The index of the journal, with what waits to enter it. */
  private static final String INDEX =
      "(select of_customer, of_seq from journal_index"
          + " union all select of_customer, of_seq from journal_waiting)";

  /** Customers whose last row is not the one that the index of the journal ends with. */
  private static final String ENDS =
      "select count(*) from (select customer_id, count(*), max(seq) from journal"
          + " where position <= (select position from journal_indexed) group by customer_id"
          + " except select of_customer, count(*), max(of_seq) from "
          + INDEX
          + " group by of_customer)";

  private static final String INDEXED =
      "select (select count(*) from "
          + INDEX
          + ") - (select count(*) from journal"
          + " where position <= (select position from journal_indexed))";

  /** Accounts whose version is behind the end of their customer's journal. */
  private static final String VERSIONS =
      "select count(*) from (select customer_id, max(version) as version from users group by customer_id) u"
          + " left join (select customer_id, max(seq) as seq from journal group by customer_id) j"
          + " using (customer_id) where u.version > coalesce(j.seq, 0)";

  private static final String CUSTOMERS =
      "select customer_id, count(*) from journal group by customer_id order by customer_id";

  private final Path file;
  private final String what;

  /**
   * A check.
   *
   * @param what how messages call the file
   */
  StoreCheck(Path file, String what) {
    this.file = file;
    this.what = what;
  }

  /**
   * Checks.
   *
   * @param isThorough whether every link of every journal is checked, too
   */
  MoveReport run(boolean isThorough, Progress progress) throws SQLException, MoveException {
    progress.at("Checking pages", 0, 1);
    Optional<String> damage = SqliteFile.damage(file);
    if (damage.isPresent()) {
      throw refused("is damaged: " + damage.get());
    }
    switch (SqliteFile.schema(file)) {
      case NONE -> throw refused("is no store of this service");
      case NEWER -> throw refused("is of a newer version than this program");
      case OLDER, SAME -> {}
    }
    progress.at("Checking pages", 1, 1);
    try (WholeStore store = WholeStore.ofFile(file)) {
      checkJournals(store);
      if (isThorough) {
        checkChains(store, progress);
      }
      return report(store);
    }
  }

  private MoveException refused(String fault) {
    return MoveException.refused(what + " " + fault + ".");
  }

  private void checkJournals(WholeStore store) throws SQLException, MoveException {
    if (store.number(GAPS) > 0) {
      throw refused("is damaged: journals have gaps");
    }
    if (store.tables().containsKey("journal_index")
        && (store.number(ENDS) > 0 || store.number(INDEXED) != 0)) {
      throw refused("is damaged: the index of the journal does not end with its last rows");
    }
    if (store.number(VERSIONS) > 0) {
      throw refused("is damaged: accounts are newer than their journals");
    }
  }

  private void checkChains(WholeStore store, Progress progress) throws SQLException, MoveException {
    long total = store.number("select count(*) from journal");
    long done = 0;
    try (Cursor customers = store.cursor(CUSTOMERS, List.of(Kind.ID, Kind.NUMBER))) {
      for (List<@Nullable Object> row = customers.next(); row != null; row = customers.next()) {
        if (row.get(0) instanceof UUID customer && row.get(1) instanceof Long rows) {
          Journal.Verification found = Journal.verify(store.session(), new CustomerId(customer));
          if (!found.isIntact() || found.verifiedUpTo() != rows) {
            throw refused(
                "is damaged: in the journal of customer "
                    + customer
                    + ", "
                    + found.fault().orElse("rows are missing"));
          }
          done += rows;
          progress.at("Checking journals", done, total);
        }
      }
    }
  }

  private static MoveReport report(WholeStore store) throws SQLException {
    TreeMap<String, Long> counts = new TreeMap<>();
    for (String table : store.tables().keySet()) {
      if (!MovedTable.LEFT_OUT.containsKey(table)) {
        counts.put(table, store.number("select count(*) from " + table));
      }
    }
    return new MoveReport(counts, counts.getOrDefault("customers", 0L), "");
  }
}
