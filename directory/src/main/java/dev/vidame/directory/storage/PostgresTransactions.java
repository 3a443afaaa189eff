package dev.vidame.directory.storage;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.wire.CustomerId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/**
 * {@link Transactions} over a PostgreSQL, or a database that speaks like one, which several
 * processes may share. Thread-safe.
 *
 * <p>Changes of one customer go through its lane: those that wait share a commit. Changes of
 * different customers go side by side.
 */
public final class PostgresTransactions implements Transactions {
  /** The lane of what belongs to no customer. */
  private static final CustomerId SHARED = new CustomerId(new UUID(0, 0));

  private final ConnectionPool pool;
  private final CommitLanes lanes;

  private PostgresTransactions(ConnectionPool pool) {
    this.pool = pool;
    this.lanes = new CommitLanes(pool);
  }

  /**
   * Opens the database and brings its schema up to date.
   *
   * @throws SQLException when the database cannot be reached, is not a Vidame store, or is newer
   *     than this program
   */
  public static PostgresTransactions open(PostgresOptions options) throws SQLException {
    ConnectionPool pool = ConnectionPool.open(options);
    try {
      Migrations.migrate(pool.source(), "postgresql");
    } catch (SQLException | RuntimeException e) {
      pool.close();
      throw e;
    }
    return new PostgresTransactions(pool);
  }

  @Override
  public Dialect dialect() {
    return Dialect.POSTGRESQL;
  }

  @Override
  public <R> R read(Work<R> work) {
    return Retries.reading(() -> pool.reading(connection -> inReadTransaction(connection, work)));
  }

  private static <R> R inReadTransaction(Connection connection, Work<R> work) throws SQLException {
    Session session = new Session(connection, Dialect.POSTGRESQL);
    session.beginReading();
    R result;
    try {
      result = work.run(session);
    } catch (SQLException | RuntimeException | Error e) {
      Retries.rollBack(session, e);
      throw e;
    }
    session.commit();
    return result;
  }

  @Override
  public <R> R query(Work<R> statement) {
    return Retries.reading(() ->
        pool.reading(connection -> {
          Session session = new Session(connection, Dialect.POSTGRESQL);
          R result = statement.run(session);
          session.endOfQuery();
          return result;
        }));
  }

  @Override
  public <R> R write(CustomerId customer, Work<R> work) {
    return lanes.submit(customer, work);
  }

  @Override
  public <R> R writeShared(Work<R> work) {
    return lanes.submit(SHARED, work);
  }

  /** Whether a lane is the one of what belongs to no customer. */
  static boolean isShared(CustomerId lane) {
    return lane.equals(SHARED);
  }

  @Override
  public void close() {
    lanes.close();
    pool.close();
  }

  /** For those who wait for a failure that the caller has to hear of. */
  static DirectoryException unavailable(Throwable cause) {
    return new DirectoryException(new Failure.StoreUnavailable(), cause);
  }
}
