package dev.vidame.bench.scale;

import dev.vidame.bench.SeededStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/**
 * What each table takes up, with its indexes, in bytes.
 *
 * @param bytes by the table's name
 */
record Tables(Map<String, Long> bytes) {
  /** Pages by what they belong to; an index belongs to its table. */
  private static final String SQLITE =
      "select tbl_name, sum(pgsize) from dbstat join sqlite_schema using (name) group by tbl_name";

  private static final String POSTGRESQL =
      "select relname, pg_total_relation_size(c.oid) from pg_class c"
          + " join pg_namespace n on n.oid = c.relnamespace"
          + " where relkind = 'r' and nspname = current_schema()";

  Tables {
    bytes = Map.copyOf(bytes);
  }

  /** As the store is now; what a file has in its log is brought home first. */
  static Tables of(SeededStore store) throws SQLException {
    Map<String, Long> bytes = new TreeMap<>();
    try (Connection connection = DriverManager.getConnection(store.url());
        Statement statement = connection.createStatement()) {
      if (store.isFile()) {
        statement.execute("pragma wal_checkpoint(truncate)");
      }
      try (ResultSet rows = statement.executeQuery(store.isFile() ? SQLITE : POSTGRESQL)) {
        while (rows.next()) {
          bytes.put(rows.getString(1), rows.getLong(2));
        }
      }
    }
    return new Tables(bytes);
  }

  /** Those of some tables together. */
  long of(String... tables) {
    long sum = 0;
    for (String table : tables) {
      sum += bytes.getOrDefault(table, 0L);
    }
    return sum;
  }

  /** How much some tables grew. */
  long growth(Tables before, String... tables) {
    return of(tables) - before.of(tables);
  }
}
