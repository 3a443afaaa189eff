package dev.vidame.directory;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;

/**
 * Starts a PostgreSQL for whoever wants one in a process of its own, such as {@code ./verify
 * postgresql}. Says where an empty database of it is, in one line; when it is told to end, says in
 * another how many transactions the database has seen, and goes.
 */
public final class StartPostgres {
  private static final String SEEN =
      "select xact_commit from pg_stat_database where datname = 'given'";

  private StartPostgres() {}

  /** Takes no arguments. */
  public static void main(String[] arguments)
      throws IOException, SQLException, InterruptedException {
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setServerConfig("max_connections", "200")
            .setRegisterShutdownHook(false)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server), "vidame-test-postgres"));
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement jdbc = connection.createStatement()) {
      jdbc.execute("create database given");
    }
    System.out.println(server.getJdbcUrl("postgres", "given"));
    new CountDownLatch(1).await();
  }

  private static void end(EmbeddedPostgres server) {
    try (server;
        Connection connection =
            DriverManager.getConnection(server.getJdbcUrl("postgres", "given"));
        Statement jdbc = connection.createStatement();
        ResultSet rows = jdbc.executeQuery(SEEN)) {
      rows.next();
      System.out.println(rows.getLong(1));
    } catch (SQLException | IOException e) {
      throw new IllegalStateException("The server did not end as it should", e);
    }
  }
}
