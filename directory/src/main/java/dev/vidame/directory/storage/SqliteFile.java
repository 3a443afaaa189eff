package dev.vidame.directory.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** A SQLite file as a whole: copied while others write to it, and looked at for damage. */
public final class SqliteFile {
  private static final byte[] HEADER = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final int BUSY_TIMEOUT_MILLIS = 5_000;
  private static final int STEPS_BETWEEN_LOOKS = 200_000;

  private SqliteFile() {}

  /**
   * Copies a store as it is at one moment, without gaps in the copy. Whoever writes to it goes on;
   * what is written meanwhile is not in the copy, and the store's log grows by it until the copy is
   * made.
   *
   * @param to an empty file
   * @param written is told now and then how many bytes there are
   * @throws SQLException when the store cannot be read or the copy not be written
   */
  public static void copy(Path from, Path to, LongConsumer written) throws SQLException {
    SqliteLibrary.prepare(from.resolveSibling(""));
    try (Connection connection = config().createConnection("jdbc:sqlite:" + from);
        PreparedStatement vacuum = connection.prepareStatement("vacuum into ?")) {
      ProgressHandler.setHandler(
          connection,
          STEPS_BETWEEN_LOOKS,
          new ProgressHandler() {
            @Override
            protected int progress() {
              written.accept(to.toFile().length());
              return 0;
            }
          });
      vacuum.setString(1, to.toString());
      vacuum.execute();
      ProgressHandler.clearHandler(connection);
    }
  }

  private static SQLiteConfig config() {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    return config;
  }

  /** Whether a file begins as SQLite's do. */
  public static boolean isOne(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(HEADER.length), HEADER);
    }
  }

  /**
   * What is wrong with a file as a database, before anybody asks what is in it; empty where nothing
   * is.
   */
  public static Optional<String> damage(Path file) throws SQLException {
    SqliteLibrary.prepare(file.resolveSibling(""));
    try (Connection connection = config().createConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("pragma integrity_check(1)")) {
      String found = rows.next() ? rows.getString(1) : "no answer";
      return found.equals("ok") ? Optional.empty() : Optional.of(found);
    }
  }

  /** Where a file's schema stands against this program. */
  public enum Schema {
    /** It has none of this service. */
    NONE,
    /** Migrations are to come. */
    OLDER,
    /** As this program has it. */
    SAME,
    /** It has seen migrations that this program does not know. */
    NEWER
  }

  /** Where the file's schema stands. */
  public static Schema schema(Path file) throws SQLException {
    SqliteLibrary.prepare(file.resolveSibling(""));
    SQLiteDataSource source = new SQLiteDataSource(config());
    source.setUrl("jdbc:sqlite:" + file);
    return Migrations.standing(source, "sqlite");
  }
}
