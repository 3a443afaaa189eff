package dev.vidame.directory;

import dev.vidame.directory.storage.PostgresTransactions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The PostgreSQL of all tests in this JVM: the one that the environment names in {@code
 * VIDAME_TEST_JDBC_URL}, or one that is started on a free port and ends with the JVM. The latter
 * does not sync to disk, except where a test starts one of its own that does.
 */
public final class TestPostgres {
  private static final AtomicLong SCHEMAS = new AtomicLong();
  private static final long RUN = System.nanoTime();

  private TestPostgres() {}

  private static final class Started {
    private static final String URL = start();
    private static final boolean IS_CITUS = isCitus();

    private static boolean isCitus() {
      try (Connection connection = DriverManager.getConnection(URL);
          Statement jdbc = connection.createStatement();
          ResultSet rows =
              jdbc.executeQuery("select 1 from pg_extension where extname = 'citus'")) {
        return rows.next();
      } catch (SQLException e) {
        throw new IllegalStateException("The PostgreSQL does not answer", e);
      }
    }

    private static String start() {
      String given = System.getenv("VIDAME_TEST_JDBC_URL");
      if (given != null && !given.isEmpty()) {
        return given;
      }
      try {
        EmbeddedPostgres server =
            EmbeddedPostgres.builder().setServerConfig("max_connections", "200").start();
        return server.getJdbcUrl("postgres", "postgres");
      } catch (IOException e) {
        throw new UncheckedIOException("No PostgreSQL could be started", e);
      }
    }
  }

  /** A server that syncs to disk as a real one does, to be started. */
  public static EmbeddedPostgres.Builder durable() {
    return EmbeddedPostgres.builder()
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("full_page_writes", "on")
        .setCleanDataDirectory(false);
  }

  /** Where the server listens. */
  public static String host() {
    return address().getHost();
  }

  /** Where the server listens. */
  public static int port() {
    return address().getPort() < 0 ? 5432 : address().getPort();
  }

  private static URI address() {
    return URI.create(Started.URL.substring("jdbc:".length()));
  }

  /** The same URL, with another port on this machine. */
  public static String throughPort(String url, int port) {
    return url.replaceFirst("//[^/]+/", "//127.0.0.1:" + port + "/");
  }

  /** A JDBC URL of the server, for one schema. */
  public static String url(String schema) {
    return Started.URL + (Started.URL.contains("?") ? "&" : "?") + "currentSchema=" + schema;
  }

  /** A name that no other test has, in no other run either. */
  static String nextSchema() {
    return "vidame_test_%x_%d".formatted(RUN, SCHEMAS.incrementAndGet());
  }

  static void execute(String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection(Started.URL);
        Statement jdbc = connection.createStatement()) {
      jdbc.execute(statement);
    }
  }

  /** Creates a role that nobody can sign in as, unless it is there. */
  static void createRole(String name) throws SQLException {
    execute(
        "do $$ begin create role %s; exception when duplicate_object then null; end $$"
            .formatted(name));
  }

  /** Whether tables are spread over machines there, so that a plan tells of shards. */
  public static boolean isCitus() {
    return Started.IS_CITUS;
  }

  /** Spreads a schema's tables where the server is a Citus cluster. */
  static void distribute(PostgresOptions options) throws SQLException {
    if (!Started.IS_CITUS) {
      return;
    }
    PostgresTransactions.open(options).close(); // makes the tables
    try (Connection connection = DriverManager.getConnection(options.url());
        Statement jdbc = connection.createStatement()) {
      jdbc.execute("set citus.shard_count = 4");
      jdbc.execute(Files.readString(Path.of("../deploy/distributed/citus.sql")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void drop(String schema) {
    try {
      execute("drop schema " + schema + " cascade");
    } catch (SQLException e) {
      throw new IllegalStateException("A test's schema could not be dropped", e);
    }
  }
}
