package dev.vidame.server.harness;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Keeps a test server's store from committing, as a disk that does not answer: another connection
 * has begun to write. After five seconds, on PostgreSQL ten, each commit gives up; reading goes on.
 */
public final class StoreLock implements AutoCloseable {
  private final Connection connection;

  private StoreLock(Connection connection) {
    this.connection = connection;
  }

  /** Locks the store of the server that was started on this folder. */
  public static StoreLock take(Path folder) throws SQLException {
    Connection connection = SharedStore.connect(folder);
    try (var statement = connection.createStatement()) {
      statement.execute(
          SharedStore.isPostgres()
              ? "begin; lock table journal_heads in exclusive mode"
              : "begin immediate");
    }
    return new StoreLock(connection);
  }

  /** Lets commits go on. */
  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
