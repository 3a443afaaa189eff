package dev.vidame.directory.storage;

import dev.vidame.directory.Checkpoints;
import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.observation.StoreObserver;
import dev.vidame.wire.CustomerId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteOpenMode;

/**
 * {@link Transactions} over one SQLite file in WAL mode. Thread-safe.
 *
 * <p>All writes go through one {@link GroupCommitWriter}; reads share a few read-only connections.
 * A file belongs to one process at a time.
 */
public final class SqliteTransactions implements Transactions {
  /**
   * As many as can run at once: a read holds its carrier thread, and few large caches beat many
   * small ones.
   */
  private static final int READERS = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 4);

  private static final int BUSY_TIMEOUT_MILLIS = 5_000;

  /*
   * Page caches in KiB, which grow with what is asked of them. The kernel caches the file as well, so a miss costs a look
   * into the log and one copy, and no seek. The writer of a million accounts needs a page of them for each change: 128 MiB
   * spare it most misses, 16 MiB one of ten. A reader's pages are void after each commit anyway; with 16 MiB, bench/run
   * patch and list gave the same rates and 10 to 25 MB more of resident memory.
   */
  private static final int WRITER_CACHE_KIB = 131_072;
  private static final int READER_CACHE_KIB = 8_192;

  private final GroupCommitWriter writer;
  private final BlockingQueue<Session> readers;
  private final List<Session> allReaders;
  private final AtomicBoolean isClosed = new AtomicBoolean();

  private SqliteTransactions(GroupCommitWriter writer, List<Session> readers) {
    this.writer = writer;
    this.allReaders = readers;
    this.readers = new ArrayBlockingQueue<>(readers.size(), false, readers);
  }

  /** Opens the file as {@link #open(Path, Checkpoints, StoreObserver)}, watched by nobody. */
  public static SqliteTransactions open(Path file) throws SQLException {
    return open(file, Checkpoints.standard(), StoreObserver.none());
  }

  /**
   * Opens the file, creating it if needed, and brings its schema up to date.
   *
   * @throws SQLException when the file cannot be opened, is not a Vidame store, or is newer than
   *     this program
   */
  public static SqliteTransactions open(Path file, Checkpoints how, StoreObserver observer)
      throws SQLException {
    SqliteLibrary.prepare(file.resolveSibling(""));
    String url = "jdbc:sqlite:" + file;
    migrate(dataSource(url));
    Session writerSession = openWriter(url);
    List<Session> readers = new ArrayList<>();
    for (int i = 0; i < READERS; i++) {
      readers.add(new Session(readerConfig().createConnection(url), Dialect.SQLITE));
    }
    SqliteCheckpoints checkpoints = checkpoints(file, url, how, observer);
    checkpoints.prepare(writerSession);
    return new SqliteTransactions(
        GroupCommitWriter.start(writerSession, checkpoints, observer), readers);
  }

  /** Comparing the migrations takes a fifth of a start, so a mark spares it where it can. */
  private static void migrate(SQLiteDataSource source) throws SQLException {
    try (Connection connection = source.getConnection()) {
      if (SchemaMark.isCurrent(connection)) {
        return;
      }
    }
    Migrations.migrate(source, "sqlite");
    try (Connection connection = source.getConnection()) {
      SchemaMark.put(connection);
    }
  }

  private static SqliteCheckpoints checkpoints(
      Path file, String url, Checkpoints how, StoreObserver observer) throws SQLException {
    if (how.by() != Checkpoints.By.THREAD) {
      return SqliteCheckpoints.byWriter(how, observer);
    }
    Session session = new Session(checkpointConfig().createConnection(url), Dialect.SQLITE);
    try {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
      return SqliteCheckpoints.byThread(how, observer, session, channel);
    } catch (IOException e) {
      session.close();
      throw new SQLException("The store's file cannot be written", e);
    }
  }

  /**
   * The driver, as long as it commits by itself, tries a begin and a commit of its own around every
   * statement. Told not to, it begins at once, and from then on leaves transactions to the
   * statements that the writer runs.
   */
  private static Session openWriter(String url) throws SQLException {
    Connection connection = writerConfig().createConnection(url);
    connection.setAutoCommit(false);
    Session session = new Session(connection, Dialect.SQLITE);
    session.execute("commit");
    return session;
  }

  private static SQLiteDataSource dataSource(String url) {
    SQLiteDataSource source = new SQLiteDataSource(writerConfig());
    source.setUrl(url);
    return source;
  }

  /** Each connection is used by one thread at a time, so the library need not lock it again. */
  private static SQLiteConfig config() {
    SQLiteConfig config = new SQLiteConfig();
    config.setOpenMode(SQLiteOpenMode.NOMUTEX);
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    config.setGetGeneratedKeys(false);
    return config;
  }

  private static SQLiteConfig writerConfig() {
    SQLiteConfig config = config();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setCacheSize(-WRITER_CACHE_KIB);
    return config;
  }

  /** Reads the log past its cache, so that needs none. */
  private static SQLiteConfig checkpointConfig() {
    SQLiteConfig config = config();
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    return config;
  }

  private static SQLiteConfig readerConfig() {
    SQLiteConfig config = config();
    config.setReadOnly(true);
    config.setCacheSize(-READER_CACHE_KIB);
    return config;
  }

  @Override
  public Dialect dialect() {
    return Dialect.SQLITE;
  }

  @Override
  public <R> R read(Work<R> work) {
    return onReader(session -> inReadTransaction(session, work));
  }

  @Override
  public <R> R query(Work<R> statement) {
    return onReader(statement);
  }

  private <R> R onReader(Work<R> work) {
    Session session = borrow();
    try {
      return work.run(session);
    } catch (SQLException e) {
      session.forgetStatements(e);
      throw new DirectoryException(new Failure.StoreUnavailable(), e);
    } finally {
      readers.add(session);
    }
  }

  private static <R> R inReadTransaction(Session session, Work<R> work) throws SQLException {
    session.execute("begin");
    R result;
    try {
      result = work.run(session);
    } catch (SQLException | RuntimeException | Error e) {
      endAfterFailure(session, e);
      throw e;
    }
    session.execute("commit");
    return result;
  }

  /** What failed first is what the caller must hear of. */
  private static void endAfterFailure(Session session, Throwable first) {
    try {
      session.execute("rollback");
    } catch (SQLException e) {
      first.addSuppressed(e);
      session.forgetStatements(first);
    }
  }

  private Session borrow() {
    try {
      return readers.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DirectoryException(new Failure.StoreUnavailable(), e);
    }
  }

  @Override
  public <R> R write(CustomerId customer, Work<R> work) {
    return writer.submit(work);
  }

  @Override
  public <R> R writeShared(Work<R> work) {
    return writer.submit(work);
  }

  @Override
  public void close() {
    if (!isClosed.compareAndSet(false, true)) {
      return;
    }
    List<Session> closed = new ArrayList<>();
    try {
      while (closed.size() < allReaders.size()) {
        Session session = borrow();
        closed.add(session);
        session.close();
      }
    } catch (SQLException e) {
      throw new DirectoryException(new Failure.StoreUnavailable(), e);
    } finally {
      readers.addAll(closed); // whoever still waits for one is refused by it
      writer.close(); // the last one, as readers may not take the log into the file
    }
  }
}
