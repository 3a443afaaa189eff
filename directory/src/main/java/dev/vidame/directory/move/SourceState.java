package dev.vidame.directory.move;

import dev.vidame.directory.storage.WholeStore;
import dev.vidame.directory.storage.WholeStore.Cursor;
import dev.vidame.directory.storage.WholeStore.Kind;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Which store a file is, and in which state, found without reading all of it: what changes only
 * with a row of the journal is covered by the journal's end, everything else is read.
 *
 * @param identity the same for as long as the store exists: the hash of the first row ever written,
 *     which holds chance
 * @param state another one after each change
 */
record SourceState(String identity, String state) {
  private static final String FIRST_ROW = "select hash from journal order by position limit 1";
  private static final String LAST_ROW =
      "select position, hash from journal order by position desc limit 1";
  private static final String LAST_UNCHANGED = "select max(position) from unchanged_requests";
  private static final String LAST_REFUSED = "select max(number) from refused_requests";

  static SourceState of(WholeStore source) throws SQLException {
    RowDigest digest = new RowDigest();
    add(digest, source, LAST_ROW, List.of(Kind.NUMBER, Kind.BYTES));
    add(digest, source, LAST_UNCHANGED, List.of(Kind.NUMBER));
    add(digest, source, LAST_REFUSED, List.of(Kind.NUMBER));
    SortedMap<String, List<WholeStore.Column>> tables = source.tables();
    for (MovedTable table : MovedTable.ALL) {
      if (table.owner() != MovedTable.Owner.CUSTOMER_WITH_JOURNAL
          && !table.name().equals(MovedTable.REFUSED)) {
        Shape shape = new Shape(table, tables.getOrDefault(table.name(), List.of()));
        digest.table(table.name());
        add(digest, source, shape.inOrder(source.dialect()), shape.kinds());
      }
    }
    return new SourceState(hex(new RowDigest(), source), HexFormat.of().formatHex(digest.take()));
  }

  private static String hex(RowDigest digest, WholeStore source) throws SQLException {
    add(digest, source, FIRST_ROW, List.of(Kind.BYTES));
    return HexFormat.of().formatHex(digest.take());
  }

  private static void add(RowDigest digest, WholeStore source, String sql, List<Kind> kinds)
      throws SQLException {
    try (Cursor rows = source.cursor(sql, kinds)) {
      for (List<@Nullable Object> row = rows.next(); row != null; row = rows.next()) {
        digest.row(row);
      }
    }
  }
}
