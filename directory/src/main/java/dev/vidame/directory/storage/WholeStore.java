package dev.vidame.directory.storage;

import dev.vidame.directory.PostgresOptions;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteConfig;

/**
 * One connection to a store, for whoever copies or compares all of it, whosever it is. Not
 * thread-safe.
 *
 * <p>A file is read as it was when it was opened. What is written to a database is in one
 * transaction until {@link #commit}. Statements here are made of the schema, which no capability's
 * are.
 */
public final class WholeStore implements AutoCloseable {
  /** How many rows come at a time where a statement is read row by row. */
  private static final int ROWS_AT_ONCE = 500;

  private static final int BUSY_TIMEOUT_MILLIS = 5_000;

  private static final String COLUMNS_OF_FILE =
      "select t.name, c.name, c.type from sqlite_master t, pragma_table_info(t.name) c"
          + " where t.type = 'table' order by t.name, c.cid";

  private static final String COLUMNS_OF_DATABASE =
      "select t.table_name, c.column_name, c.data_type from information_schema.tables t"
          + " join information_schema.columns c on c.table_schema = t.table_schema"
          + " and c.table_name = t.table_name where t.table_schema = current_schema()"
          + " and t.table_type = 'BASE TABLE' order by t.table_name, c.ordinal_position";

  private static final String HAS_RUNS = "select 1 from sqlite_master where name = 'journal_runs'";

  /** Empty, for a file whose version had no rows on their way into the index of the journal. */
  private static final List<String> NO_RUNS =
      List.of(
          "create temp table journal_runs (run, of_customer, of_seq, position)",
          "create temp table journal_slices (from_customer, run)",
          "create temp view journal_waiting as select of_customer, of_seq, position from journal_runs");

  private final Connection connection;
  private final Dialect dialect;
  private final Session session;

  private WholeStore(Connection connection, Dialect dialect) {
    this.connection = connection;
    this.dialect = dialect;
    this.session = new Session(connection, dialect);
  }

  /** What a column holds. */
  public enum Kind {
    /** A GUID. */
    ID,
    /** Bytes. */
    BYTES,
    /** Text. */
    TEXT,
    /** A whole number. */
    NUMBER;

    private static Kind of(String type) {
      return switch (type.toLowerCase(Locale.ROOT)) {
        case "uuid" -> ID;
        case "blob", "bytea" -> BYTES;
        case "text", "character varying" -> TEXT;
        default -> NUMBER;
      };
    }
  }

  /**
   * A column.
   *
   * @param name its name
   * @param kind what it holds; a file does not tell GUIDs from other bytes
   */
  public record Column(String name, Kind kind) {}

  /**
   * Opens a file, to be read as it is now.
   *
   * @throws SQLException when it cannot be read
   */
  public static WholeStore ofFile(Path file) throws SQLException {
    SqliteLibrary.prepare(file.resolveSibling(""));
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    Connection connection = config.createConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      if (isWithoutRuns(statement)) { // the first look, from which on the file holds still
        for (String sql : NO_RUNS) {
          statement.execute(sql);
        }
      }
      statement.execute("pragma query_only = on");
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
    return new WholeStore(connection, Dialect.SQLITE);
  }

  private static boolean isWithoutRuns(Statement statement) throws SQLException {
    try (ResultSet found = statement.executeQuery(HAS_RUNS)) {
      return !found.next();
    }
  }

  /**
   * Connects to a database, for as long as it takes: no statement is ended by a time-out.
   *
   * @throws SQLException when the database cannot be reached, or does not let this user in
   */
  public static WholeStore ofDatabase(PostgresOptions options) throws SQLException {
    Properties properties = new Properties();
    if (!options.user().isEmpty()) {
      properties.setProperty("user", options.user());
      properties.setProperty("password", options.password());
    }
    properties.setProperty("ApplicationName", "vidame move");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("reWriteBatchedInserts", "true");
    Connection connection = DriverManager.getConnection(options.url(), properties);
    try (Statement statement = connection.createStatement()) {
      statement.execute("set lock_timeout = " + options.lockTimeout().toMillis());
      statement.execute("set statement_timeout = 0");
      connection.setAutoCommit(false);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
    return new WholeStore(connection, Dialect.POSTGRESQL);
  }

  /**
   * Makes the schema of a database, or brings it up to date.
   *
   * @throws SQLException when the database is not a Vidame store, or is newer than this program
   */
  public static void migrate(PostgresOptions options) throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(options.url());
    if (!options.user().isEmpty()) {
      source.setUser(options.user());
      source.setPassword(options.password());
    }
    Migrations.migrate(source, "postgresql");
  }

  /** The last migration that a file has seen, as a statement of the store's own table says. */
  public Optional<String> lastMigration() throws SQLException {
    if (!tables().containsKey("schema_history")) {
      return Optional.empty();
    }
    List<List<@Nullable Object>> rows =
        rows(
            "select version from schema_history where success = 1 and version is not null"
                + " order by installed_rank desc limit 1",
            List.of(Kind.TEXT));
    return rows.isEmpty() ? Optional.empty() : Optional.ofNullable((String) rows.get(0).get(0));
  }

  /** The same store, for the statements of a capability. */
  public Session session() {
    return session;
  }

  /** Which kind it is. */
  public Dialect dialect() {
    return dialect;
  }

  /** Every table with its columns, in their order. */
  public SortedMap<String, List<Column>> tables() throws SQLException {
    SortedMap<String, List<Column>> tables = new TreeMap<>();
    String sql = dialect == Dialect.SQLITE ? COLUMNS_OF_FILE : COLUMNS_OF_DATABASE;
    for (List<@Nullable Object> row : rows(sql, List.of(Kind.TEXT, Kind.TEXT, Kind.TEXT))) {
      tables
          .computeIfAbsent(String.valueOf(row.get(0)), table -> new ArrayList<>())
          .add(new Column(String.valueOf(row.get(1)), Kind.of(String.valueOf(row.get(2)))));
    }
    return tables;
  }

  /** The rows of a statement. A value is a UUID, an array of bytes, a String, a Long or null. */
  public List<List<@Nullable Object>> rows(String sql, List<Kind> kinds, Object... values)
      throws SQLException {
    List<List<@Nullable Object>> all = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, List.of(values));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          all.add(row(rows, kinds));
        }
      }
    }
    return all;
  }

  /** The only number of a statement, 0 where there is none. */
  public long number(String sql, Object... values) throws SQLException {
    List<List<@Nullable Object>> rows = rows(sql, List.of(Kind.NUMBER), values);
    return rows.isEmpty() || !(rows.get(0).get(0) instanceof Long number) ? 0 : number;
  }

  /** Changes rows and tells how many. */
  public int update(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, List.of(values));
      return statement.executeUpdate();
    }
  }

  /** Runs a statement once for each row of values. */
  public void updateAll(String sql, List<List<@Nullable Object>> all) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (List<@Nullable Object> values : all) {
        bind(statement, values);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private void bind(PreparedStatement statement, List<? extends @Nullable Object> values)
      throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i);
      if (dialect == Dialect.SQLITE && value instanceof UUID id) {
        statement.setBytes(
            i + 1,
            ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array());
      } else {
        statement.setObject(i + 1, value);
      }
    }
  }

  private List<@Nullable Object> row(ResultSet rows, List<Kind> kinds) throws SQLException {
    Row row = new Row(rows, dialect);
    List<@Nullable Object> values = new ArrayList<>(kinds.size());
    for (int i = 1; i <= kinds.size(); i++) {
      values.add(
          switch (kinds.get(i - 1)) {
            case ID -> id(rows, row, i);
            case BYTES -> row.optionalBytes(i);
            case TEXT -> row.optionalText(i);
            case NUMBER -> {
              long number = row.number(i);
              yield rows.wasNull() ? null : (Object) number;
            }
          });
    }
    return Collections.unmodifiableList(values);
  }

  private @Nullable UUID id(ResultSet rows, Row row, int place) throws SQLException {
    if (dialect == Dialect.SQLITE) {
      byte[] bytes = rows.getBytes(place);
      if (bytes != null && bytes.length != 16) {
        throw new SQLException("A column of GUIDs holds something else");
      }
    }
    return row.optionalUuid(place);
  }

  /** The rows of a statement, one after the other, however many there are. */
  public Cursor cursor(String sql, List<Kind> kinds) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      statement.setFetchSize(dialect == Dialect.POSTGRESQL ? ROWS_AT_ONCE : 0);
      return new Cursor(statement, statement.executeQuery(), kinds);
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }

  /** Reads row by row. To be closed. */
  public final class Cursor implements AutoCloseable {
    private final PreparedStatement statement;
    private final ResultSet rows;
    private final List<Kind> kinds;

    private Cursor(PreparedStatement statement, ResultSet rows, List<Kind> kinds) {
      this.statement = statement;
      this.rows = rows;
      this.kinds = kinds;
    }

    /** The next row, or null behind the last. */
    public @Nullable List<@Nullable Object> next() throws SQLException {
      return rows.next() ? row(rows, kinds) : null;
    }

    @Override
    public void close() throws SQLException {
      statement.close();
    }
  }

  /** From here on all reads see the same, until {@link #commit}. A file's do anyway. */
  public void holdStill() throws SQLException {
    if (dialect == Dialect.POSTGRESQL) {
      connection.commit();
      try (Statement statement = connection.createStatement()) {
        statement.execute("set transaction isolation level repeatable read");
      }
    }
  }

  /** Makes lasting what was written. */
  public void commit() throws SQLException {
    connection.commit();
  }

  /** Lets the store go, and takes back what was not committed. */
  @Override
  public void close() throws SQLException {
    try {
      connection.rollback();
    } finally {
      connection.close();
    }
  }
}
