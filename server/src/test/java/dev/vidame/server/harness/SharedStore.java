package dev.vidame.server.harness;

import dev.vidame.directory.Directory;
import dev.vidame.directory.PasswordHashing;
import dev.vidame.directory.PostgresOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;

/**
 * Where test servers keep their stores: in their folders, or, where the system property {@code
 * vidame.test.store} says so or a test asks for it, in a PostgreSQL that is started for it and
 * keeps partners apart itself.
 */
public final class SharedStore {
  private static final boolean IS_POSTGRES =
      System.getProperty("vidame.test.store", "sqlite").equals("postgresql");

  private SharedStore() {}

  private static final class Started {
    private static final EmbeddedPostgres SERVER = serve();
    private static final String URL = SERVER.getJdbcUrl("vidame", "postgres");

    private static EmbeddedPostgres serve() {
      try {
        EmbeddedPostgres server =
            EmbeddedPostgres.builder().setServerConfig("max_connections", "300").start();
        try (Connection connection = server.getPostgresDatabase().getConnection();
            Statement statement = connection.createStatement()) {
          statement.execute("create role vidame login");
          statement.execute("grant create on database postgres to vidame");
        }
        return server;
      } catch (SQLException e) {
        throw new IllegalStateException("No role could be made", e);
      } catch (IOException e) {
        throw new UncheckedIOException("No PostgreSQL could be started", e);
      }
    }
  }

  /** The settings that name the store of a folder; the same for the same folder. */
  public static Map<String, String> settings(Path folder) {
    return IS_POSTGRES ? postgres(folder) : Map.of("data.folder", data(folder));
  }

  /**
   * The settings of a store for the folder in a PostgreSQL that keeps partners apart itself,
   * wherever others are.
   */
  public static Map<String, String> postgres(Path folder) {
    return Map.of(
        "store.url",
        url(folder),
        "store.connections",
        "4",
        "store.row-level-security",
        "true",
        "data.folder",
        data(folder));
  }

  private static String data(Path folder) {
    return folder.resolve("data").toString();
  }

  /** Makes a database in the PostgreSQL, as whoever may do everything there. */
  public static void createDatabase(String name, String like) throws SQLException {
    asSuperuser("create database %s template %s".formatted(name, like));
  }

  /** From now on whoever connects to the database can only read there. */
  public static void makeReadOnly(String database) throws SQLException {
    asSuperuser("alter database " + database + " set default_transaction_read_only = on");
  }

  /** A JDBC URL of a database, for whoever may do everything there. */
  public static String urlOf(String database) {
    return Started.SERVER.getJdbcUrl("postgres", database);
  }

  private static void asSuperuser(String command) throws SQLException {
    try (Connection connection = Started.SERVER.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(command);
    }
  }

  /**
   * Opens a directory without a server over it; again, if it was open before. What hashes cost is
   * no concern of whoever does.
   */
  public static Directory open(Path folder, Clock clock) throws SQLException {
    Directory.Options options =
        Directory.Options.standard()
            .withClock(clock)
            .withHashing(PasswordHashing.standard().withLeastMemory());
    return IS_POSTGRES
        ? Directory.open(PostgresOptions.standard(url(folder)).withPartnerWall(), options)
        : Directory.open(folder.resolve("vidame.db"), options);
  }

  /** Connects to the store of a folder, behind the back of the server that has it. */
  public static Connection connect(Path folder) throws SQLException {
    return IS_POSTGRES
        ? connectPostgres(folder)
        : DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data").resolve("vidame.db"));
  }

  /** The same for the store that {@link #postgres} names, as the role that the server has. */
  public static Connection connectPostgres(Path folder) throws SQLException {
    return DriverManager.getConnection(url(folder));
  }

  /** A GUID as a statement's literal. */
  public static String literal(UUID id) {
    return IS_POSTGRES ? "'" + id + "'" : "x'" + id.toString().replace("-", "") + "'";
  }

  /** Whether the stores are in a PostgreSQL. */
  public static boolean isPostgres() {
    return IS_POSTGRES;
  }

  private static String url(Path folder) {
    String schema = "test_" + Integer.toHexString(folder.toString().hashCode());
    try (Connection connection = DriverManager.getConnection(Started.URL);
        Statement statement = connection.createStatement()) {
      statement.execute("create schema if not exists " + schema);
    } catch (SQLException e) {
      throw new IllegalStateException("No schema could be made", e);
    }
    return Started.URL + (Started.URL.contains("?") ? "&" : "?") + "currentSchema=" + schema;
  }
}
