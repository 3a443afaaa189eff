package dev.vidame.directory;

import dev.vidame.directory.observation.StoreObserver;
import dev.vidame.directory.storage.Dialect;
import dev.vidame.directory.storage.PostgresTransactions;
import dev.vidame.directory.storage.SqliteTransactions;
import dev.vidame.directory.storage.Transactions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An empty store for one test: a SQLite file, or a schema of its own in a PostgreSQL, as the system
 * property {@code vidame.test.store} says.
 */
public abstract sealed class TestStore implements AutoCloseable {
  /** The system property that says which store is tested. */
  public static final String PROPERTY = "vidame.test.store";

  private static final Dialect DIALECT =
      Dialect.valueOf(System.getProperty(PROPERTY, "sqlite").toUpperCase(Locale.ROOT));

  private TestStore() {}

  /** A store, which is in the folder if it is in a file. */
  public static TestStore in(Path folder) throws SQLException {
    return switch (DIALECT) {
      case SQLITE -> new File(folder.resolve("vidame.db"));
      case POSTGRESQL -> Schema.create();
    };
  }

  /** As {@link #in}, and a PostgreSQL keeps partners apart. */
  public static TestStore keepingApart(Path folder) throws SQLException {
    return DIALECT == Dialect.POSTGRESQL ? Schema.createWalled() : in(folder);
  }

  /** A schema in which nothing is, not even where a store's tables are spread before it is used. */
  public static TestStore withoutTables() throws SQLException {
    return Schema.createBare();
  }

  /** A store in a file in the folder, whatever is tested. */
  public static TestStore ofFile(Path folder) {
    return new File(folder.resolve("vidame.db"));
  }

  /** Which one it is. */
  public static Dialect dialect() {
    return DIALECT;
  }

  /**
   * How often a test does the same again with other numbers, or in the hope of a race: so often on
   * a SQLite file, and in the long tests everywhere. A PostgreSQL takes ten times as long each
   * time, so a fifth has to do there; what is tried is the same for both, and each run tries
   * others.
   */
  public static int times(int times) {
    return DIALECT == Dialect.SQLITE || Boolean.getBoolean("vidame.long") ? times : times / 5;
  }

  /** Opens a directory over it, again if it was open before. */
  public abstract Directory open(Directory.Options options) throws SQLException;

  /** Opens it without a directory. */
  public final Transactions transactions() throws SQLException {
    return transactions(StoreObserver.none());
  }

  /** As {@link #transactions()}, told to an observer. */
  public abstract Transactions transactions(StoreObserver observer) throws SQLException;

  /** Connects behind the directory's back. */
  public final Connection connect() throws SQLException {
    return DriverManager.getConnection(url());
  }

  /** A JDBC URL of it. */
  public abstract String url();

  /** A GUID as a statement's literal. */
  public abstract String literal(UUID id);

  /** A number's column as bytes, in a statement. */
  public abstract String bytes(String column);

  /** Every table with its columns, while a directory is open over the store. */
  public final Map<String, Set<String>> tables() throws SQLException {
    Map<String, Set<String>> tables = new TreeMap<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(columns())) {
      while (rows.next()) {
        tables.computeIfAbsent(rows.getString(1), table -> new HashSet<>()).add(rows.getString(2));
      }
    }
    return tables;
  }

  /** A statement that reads the name of each table beside each of its columns. */
  abstract String columns();

  @Override
  public abstract void close();

  private static final class File extends TestStore {
    private final Path file;

    File(Path file) {
      this.file = file;
    }

    /**
     * What a store without anything in it has in its file. The first one in this JVM is made, the
     * others are copies of it, since its migrations take longer than most tests.
     */
    private static byte @Nullable [] empty;

    private static synchronized void make(Path file) throws SQLException {
      try {
        if (Files.exists(file)) {
          return;
        }
        if (empty == null) {
          SqliteTransactions.open(file).close();
          empty = Files.readAllBytes(file);
        } else {
          Files.write(file, empty);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public Directory open(Directory.Options options) throws SQLException {
      make(file);
      return Directory.open(file, options);
    }

    @Override
    public Transactions transactions(StoreObserver observer) throws SQLException {
      make(file);
      return SqliteTransactions.open(file, Checkpoints.standard(), observer);
    }

    @Override
    public String url() {
      return "jdbc:sqlite:" + file;
    }

    @Override
    public String literal(UUID id) {
      return "x'" + id.toString().replace("-", "") + "'";
    }

    @Override
    public String bytes(String column) {
      return column;
    }

    @Override
    String columns() {
      return "select t.name, c.name from sqlite_master t, pragma_table_info(t.name) c"
          + " where t.type = 'table'";
    }

    /** The folder goes with the test. */
    @Override
    public void close() {}
  }

  private static final class Schema extends TestStore {
    /** No wall holds whoever may create roles. */
    private static final String HELD_ROLE = "vidame_held";

    private final String name;
    private final boolean hasWall;

    private Schema(boolean hasWall) {
      this.name = TestPostgres.nextSchema();
      this.hasWall = hasWall;
    }

    static Schema create() throws SQLException {
      Schema schema = createBare();
      TestPostgres.distribute(schema.options());
      return schema;
    }

    static Schema createBare() throws SQLException {
      Schema schema = new Schema(false);
      TestPostgres.execute("create schema " + schema.name);
      return schema;
    }

    static Schema createWalled() throws SQLException {
      Schema schema = new Schema(true);
      TestPostgres.createRole(HELD_ROLE);
      TestPostgres.execute("create schema %s authorization %s".formatted(schema.name, HELD_ROLE));
      return schema;
    }

    private PostgresOptions options() {
      return hasWall
          ? PostgresOptions.standard(url() + "&options=-c%20role%3D" + HELD_ROLE).withPartnerWall()
          : PostgresOptions.standard(url());
    }

    @Override
    public Directory open(Directory.Options options) throws SQLException {
      return Directory.open(options(), options);
    }

    @Override
    public Transactions transactions(StoreObserver observer) throws SQLException {
      return PostgresTransactions.open(options(), observer);
    }

    @Override
    public String url() {
      return TestPostgres.url(name);
    }

    @Override
    public String literal(UUID id) {
      return "'" + id + "'";
    }

    @Override
    public String bytes(String column) {
      return "cast(cast(" + column + " as text) as bytea)";
    }

    @Override
    String columns() {
      return "select c.table_name, c.column_name from information_schema.columns c"
          + " where c.table_schema = current_schema()";
    }

    @Override
    public void close() {
      TestPostgres.drop(name);
    }
  }
}
