package dev.vidame.bench.compare;

import dev.vidame.bench.BenchException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A PostgreSQL that syncs every commit to disk, over a folder that stays. Whoever is compared on
 * PostgreSQL gets one of its own with the same settings.
 */
public final class DurablePostgres implements AutoCloseable {
  /** What differs from PostgreSQL's own defaults; the first three are as it has them. */
  private static final Map<String, String> SETTINGS = settings();

  private static final Duration LONGEST_START = Duration.ofMinutes(2);

  private final EmbeddedPostgres server;

  private DurablePostgres(EmbeddedPostgres server) {
    this.server = server;
  }

  private static Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("fsync", "on");
    settings.put("synchronous_commit", "on");
    settings.put("full_page_writes", "on");
    settings.put("shared_buffers", "512MB");
    settings.put("max_wal_size", "4GB");
    settings.put("max_connections", "200");
    return settings;
  }

  /** Starts one; its data are made if there are none. */
  public static DurablePostgres start(Path folder) throws IOException, SQLException {
    Files.createDirectories(folder.getParent());
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(folder)
            .setCleanDataDirectory(false)
            .setPGStartupWait(LONGEST_START);
    SETTINGS.forEach(builder::setServerConfig);
    DurablePostgres started = new DurablePostgres(builder.start());
    started.requireDurable();
    return started;
  }

  private void requireDurable() throws SQLException {
    for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
      String value = ask("show " + setting);
      if (!value.equals("on")) {
        throw new BenchException("PostgreSQL has " + setting + " " + value);
      }
    }
  }

  /** Which PostgreSQL works on a folder, on which none works now. */
  static String version(Path folder) throws IOException, SQLException {
    try (DurablePostgres postgres = start(folder)) {
      return "PostgreSQL " + postgres.ask("show server_version");
    }
  }

  /** The one value that a query finds. */
  public String ask(String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  /** Does something that finds nothing. */
  public void execute(String command) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      statement.execute(command);
    }
  }

  /** How a program reaches it, and as whom. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:%d/postgres?user=postgres".formatted(server.getPort());
  }

  /** The same without a user. */
  String urlWithoutUser() {
    return "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(server.getPort());
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
