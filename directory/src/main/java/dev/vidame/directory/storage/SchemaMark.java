package dev.vidame.directory.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.zip.CRC32;

/**
 * Says at a glance that a SQLite store has seen just the migrations of this program, so that a
 * start need not have them compared.
 *
 * <p>The mark is a checksum of the scripts that are in the store's history. It stands in the file's
 * {@code user_version}, and is put there when the schema has been brought up to date. Where it is
 * missing or another, the migrations are compared as ever; so it decides nothing but the way.
 */
final class SchemaMark {
  /** The script that a store of this program has seen last. */
  static final String LAST_SCRIPT = "V16__journal_runs.sql";

  private static final String FOLDER = "sqlite/";
  private static final int UNMARKED = 0;

  private static final String HAS_HISTORY =
      "select 1 from sqlite_master where type = 'table' and name = 'schema_history'";

  private static final String HISTORY =
      "select script from schema_history where success = 1 order by installed_rank";

  private SchemaMark() {}

  /** Whether the store has this program's schema, as far as the mark tells. */
  static boolean isCurrent(Connection connection) throws SQLException {
    int mark = mark(connection);
    if (mark == UNMARKED) {
      return false;
    }
    OptionalInt wanted = wanted(connection);
    return wanted.isPresent() && wanted.getAsInt() == mark;
  }

  /** Marks a store whose schema is up to date. */
  static void put(Connection connection) throws SQLException {
    OptionalInt wanted = wanted(connection);
    if (wanted.isPresent() && wanted.getAsInt() != mark(connection)) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("pragma user_version = " + wanted.getAsInt());
      }
    }
  }

  private static int mark(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("pragma user_version")) {
      return rows.next() ? rows.getInt(1) : UNMARKED;
    }
  }

  /** Empty where the history is not that of this program. */
  private static OptionalInt wanted(Connection connection) throws SQLException {
    List<String> scripts = history(connection);
    if (scripts.isEmpty() || !scripts.getLast().equals(LAST_SCRIPT)) {
      return OptionalInt.empty();
    }
    CRC32 checksum = new CRC32();
    for (String script : scripts) {
      try (InputStream in = SchemaMark.class.getResourceAsStream(FOLDER + script)) {
        if (in == null) {
          return OptionalInt.empty();
        }
        checksum.update(script.getBytes(StandardCharsets.UTF_8));
        checksum.update(in.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException("The program's own migrations cannot be read", e);
      }
    }
    int mark = (int) checksum.getValue();
    return OptionalInt.of(mark == UNMARKED ? 1 : mark);
  }

  private static List<String> history(Connection connection) throws SQLException {
    List<String> scripts = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet tables = statement.executeQuery(HAS_HISTORY)) {
        if (!tables.next()) {
          return scripts;
        }
      }
      try (ResultSet rows = statement.executeQuery(HISTORY)) {
        while (rows.next()) {
          scripts.add(rows.getString(1));
        }
      }
    }
    return scripts;
  }
}
