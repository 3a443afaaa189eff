package dev.vidame.server.harness;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;

/**
 * Where test servers keep their stores: in their folders, or, where the system property {@code
 * vidame.test.store} says so, in a PostgreSQL that is started for it and keeps partners apart
 * itself.
 */
public final class SharedStore {
  private static final boolean IS_POSTGRES =
      System.getProperty("vidame.test.store", "sqlite").equals("postgresql");

  private SharedStore() {}

  private static final class Started {
    private static final String URL = start();

    private static String start() {
      try {
        EmbeddedPostgres server =
            EmbeddedPostgres.builder().setServerConfig("max_connections", "300").start();
        try (Connection connection = server.getPostgresDatabase().getConnection();
            Statement statement = connection.createStatement()) {
          statement.execute("create role vidame login");
          statement.execute("grant create on database postgres to vidame");
        }
        return server.getJdbcUrl("vidame", "postgres");
      } catch (SQLException e) {
        throw new IllegalStateException("No role could be made", e);
      } catch (IOException e) {
        throw new UncheckedIOException("No PostgreSQL could be started", e);
      }
    }
  }

  /** The settings that name the store of a folder; the same for the same folder. */
  public static Map<String, String> settings(Path folder) {
    return IS_POSTGRES ? walled(folder) : Map.of("data.folder", data(folder));
  }

  /** The settings of a store for the folder in a PostgreSQL that keeps partners apart itself. */
  public static Map<String, String> walled(Path folder) {
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

  /** Connects to the store of a folder, behind the back of the server that has it. */
  public static Connection connect(Path folder) throws SQLException {
    return IS_POSTGRES
        ? connectWalled(folder)
        : DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data").resolve("vidame.db"));
  }

  /** The same for the store that {@link #walled} names, as the role that the server has. */
  public static Connection connectWalled(Path folder) throws SQLException {
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
