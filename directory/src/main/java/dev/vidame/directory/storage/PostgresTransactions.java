package dev.vidame.directory.storage;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.MayLag;
import dev.vidame.directory.OnBehalf;
import dev.vidame.directory.PostgresOptions;
import dev.vidame.directory.observation.StoreObserver;
import dev.vidame.wire.CustomerId;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * {@link Transactions} over a PostgreSQL, or a database that speaks like one, which several
 * processes may share. Thread-safe.
 *
 * <p>Changes of one customer go through its lane: those that wait share a commit. Changes of
 * different customers go side by side.
 */
public final class PostgresTransactions implements Transactions {
  private static final System.Logger LOG = System.getLogger(PostgresTransactions.class.getName());

  private final ConnectionPool pool;
  private final @Nullable ConnectionPool replica;
  private final boolean hasWall;
  private final CommitLanes lanes;

  private PostgresTransactions(
      ConnectionPool pool,
      @Nullable ConnectionPool replica,
      boolean hasWall,
      StoreObserver observer) {
    this.pool = pool;
    this.replica = replica;
    this.hasWall = hasWall;
    this.lanes = CommitLanes.open(pool, hasWall, observer);
  }

  /**
   * Opens the database and brings its schema up to date.
   *
   * @throws SQLException when the database cannot be reached, is not a Vidame store, or is newer
   *     than this program
   */
  public static PostgresTransactions open(PostgresOptions options) throws SQLException {
    return open(options, StoreObserver.none());
  }

  /** As {@link #open(PostgresOptions)}, told to an observer. */
  public static PostgresTransactions open(PostgresOptions options, StoreObserver observer)
      throws SQLException {
    ConnectionPool pool = ConnectionPool.open(options);
    try {
      Migrations.migrate(pool.source(), "postgresql");
      UnfinishedMove.refuse(pool.source());
      if (options.hasPartnerWall()) {
        PartnerWall.build(pool.source());
      }
      return new PostgresTransactions(
          pool,
          options.replicaUrl().isEmpty() ? null : ConnectionPool.openLazily(options.ofReplica()),
          options.hasPartnerWall(),
          observer);
    } catch (SQLException | RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  @Override
  public Dialect dialect() {
    return Dialect.POSTGRESQL;
  }

  @Override
  public <R> R read(Work<R> work) {
    return onAnyServer(connection -> inReadTransaction(connection, work));
  }

  private Session session(Connection connection) {
    return new Session(connection, Dialect.POSTGRESQL, hasWall);
  }

  private <R> R inReadTransaction(Connection connection, Work<R> work) throws SQLException {
    Session session = session(connection);
    session.beginReading();
    session.isOnBehalfOf(OnBehalf.partner());
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
    return onAnyServer(connection -> {
      Session session = session(connection);
      session.isOnBehalfOf(OnBehalf.partner());
      R result = statement.run(session);
      session.endOfQuery();
      return result;
    });
  }

  private <R> R onAnyServer(ConnectionPool.Use<R> use) {
    if (replica != null && MayLag.isAccepted()) {
      try {
        return replica.reading(use);
      } catch (ConnectionPool.LeftAlone e) {
        LOG.log(System.Logger.Level.DEBUG, "The replica is left alone");
      } catch (SQLException e) {
        LOG.log(System.Logger.Level.WARNING, "The replica does not answer; the store does", e);
      }
    }
    return Retries.reading(() -> pool.reading(use));
  }

  @Override
  public <R> R write(CustomerId customer, Work<R> work) {
    return lanes.submit(customer, work);
  }

  @Override
  public <R> R writeShared(Work<R> work) {
    return lanes.submit(Session.SHARED, work);
  }

  @Override
  public void close() {
    lanes.close();
    if (replica != null) {
      replica.close();
    }
    pool.close();
  }

  /** For those who wait for a failure that the caller has to hear of. */
  static DirectoryException unavailable(Throwable cause) {
    return new DirectoryException(new Failure.StoreUnavailable(), cause);
  }
}
