package dev.vidame.directory.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.PostgresOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Connections to a PostgreSQL, some for changes and the others for reads. Thread-safe.
 *
 * <p>The pool itself lets whoever asks last overtake those who wait, for seconds, when many virtual
 * threads ask; so everybody queues before it, in order.
 */
final class ConnectionPool implements AutoCloseable {
  private static final Duration MOST_WAITING = Duration.ofSeconds(10);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** What one may do without is not waited for as long, and not asked again and again. */
  private static final Duration BRIEF_CONNECT_TIMEOUT = Duration.ofSeconds(1);

  private static final Duration LEFT_ALONE = Duration.ofSeconds(5);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private static final String CHECKS_SERVER = "sslmode=verify-";

  /** A connection that ended while it was made, and one that the server did not want. */
  private static final Set<String> TLS_STATES = Set.of("08006", "08004");

  private static final String TLS_ADVICE =
      "What sslmode asks for: that PostgreSQL has ssl switched on, that the file which sslrootcert names holds the"
          + " certificate of the authority that issued PostgreSQL's own, and with verify-full that this one is for the"
          + " host in the URL";

  private final HikariDataSource pool;
  private final int mostWriters;
  private final Semaphore writers;
  private final Semaphore readers;
  private final Patience patience;
  private volatile long askedAgainAt = System.nanoTime();

  /**
   * How long to wait for what.
   *
   * @param forOthers for a connection, while others have all of them
   * @param forDatabase until a new connection is made
   * @param leftAlone before a database that did not answer is asked again
   */
  private record Patience(Duration forOthers, Duration forDatabase, Duration leftAlone) {}

  private ConnectionPool(HikariDataSource pool, int connections, Patience patience) {
    this.pool = pool;
    this.patience = patience;
    this.mostWriters = connections / 2;
    this.writers = new Semaphore(mostWriters, true);
    this.readers = new Semaphore(connections - mostWriters, true);
  }

  /**
   * A pool.
   *
   * @throws SQLException when the database cannot be reached
   */
  static ConnectionPool open(PostgresOptions options) throws SQLException {
    return open(options, MOST_WAITING);
  }

  /**
   * The same.
   *
   * @param mostWaiting how long somebody may wait: for the database now, if that is shorter than
   *     usual, and later for others who have all connections
   */
  static ConnectionPool open(PostgresOptions options, Duration mostWaiting) throws SQLException {
    long failAfterMillis = Math.min(CONNECT_TIMEOUT.toMillis(), mostWaiting.toMillis());
    return open(
        options, failAfterMillis, new Patience(mostWaiting, CONNECT_TIMEOUT, Duration.ZERO));
  }

  /**
   * A pool of a database that need not be there, now or later. Where it does not answer, it is left
   * alone for a while, so that not everybody has to find that out.
   */
  static ConnectionPool openLazily(PostgresOptions options) throws SQLException {
    return open(options, -1, new Patience(MOST_WAITING, BRIEF_CONNECT_TIMEOUT, LEFT_ALONE));
  }

  private static ConnectionPool open(
      PostgresOptions options, long failAfterMillis, Patience patience) throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setPoolName("vidame");
    config.setJdbcUrl(options.url());
    if (!options.user().isEmpty()) {
      config.setUsername(options.user());
      config.setPassword(options.password());
    }
    config.setMaximumPoolSize(options.connections());
    config.setMinimumIdle(1);
    config.setConnectionTimeout(patience.forDatabase().toMillis());
    config.setInitializationFailTimeout(failAfterMillis);
    config.setThreadFactory(Thread.ofPlatform().daemon().name("vidame-pool-", 0).factory());
    config.setConnectionInitSql(
        ("set statement_timeout = %d; set lock_timeout = %d;"
                + " set idle_in_transaction_session_timeout = %d;"
                + " set default_transaction_isolation = 'read committed'")
            .formatted(
                options.statementTimeout().toMillis(),
                options.lockTimeout().toMillis(),
                options.statementTimeout().multipliedBy(2).toMillis()));
    config.addDataSourceProperty("ApplicationName", "vidame");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("prepareThreshold", "2");
    try {
      return new ConnectionPool(new HikariDataSource(config), options.connections(), patience);
    } catch (RuntimeException e) { // the library wraps what the driver throws
      throw new SQLException("The database cannot be reached", explained(options, e));
    }
  }

  /** The driver says what it met, in the language of the machine, and not what to do. */
  private static Exception explained(PostgresOptions options, RuntimeException fault) {
    return options.url().contains(CHECKS_SERVER)
            && fault.getCause() instanceof SQLException said
            && TLS_STATES.contains(String.valueOf(said.getSQLState()))
        ? new SQLException(
            String.valueOf(said.getMessage()).replaceFirst("\\.?$", ". ") + TLS_ADVICE,
            said.getSQLState(),
            fault)
        : fault;
  }

  /** How many can change something at once. */
  int writers() {
    return mostWriters;
  }

  HikariDataSource source() {
    return pool;
  }

  /** What is done with a connection. */
  @FunctionalInterface
  interface Use<R> {
    R with(Connection connection) throws SQLException;
  }

  <R> R reading(Use<R> use) throws SQLException {
    return using(readers, use);
  }

  <R> R writing(Use<R> use) throws SQLException {
    return using(writers, use);
  }

  private <R> R using(Semaphore line, Use<R> use) throws SQLException {
    queue(line);
    try (Connection connection = connection()) {
      return use.with(connection);
    } finally {
      line.release();
    }
  }

  private Connection connection() throws SQLException {
    if (askedAgainAt - System.nanoTime() > 0) {
      throw new LeftAlone();
    }
    try {
      return pool.getConnection();
    } catch (SQLException e) {
      askedAgainAt = System.nanoTime() + patience.leftAlone().toNanos();
      throw e;
    }
  }

  /** The database did not answer a moment ago, and was not asked again. */
  static final class LeftAlone extends SQLException {
    private static final long serialVersionUID = 1;

    private LeftAlone() {
      super("The database did not answer a moment ago");
    }
  }

  private void queue(Semaphore line) {
    try {
      if (!line.tryAcquire(patience.forOthers().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new Failure.Overloaded(RETRY_AFTER).asException();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DirectoryException(new Failure.StoreUnavailable(), e);
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
