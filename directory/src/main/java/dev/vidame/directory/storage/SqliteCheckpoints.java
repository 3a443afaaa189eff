package dev.vidame.directory.storage;

import dev.vidame.directory.Checkpoints;
import dev.vidame.directory.observation.StoreObserver;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Takes committed pages from the log of a SQLite store into its file, outside of commits.
 *
 * <p>SQLite begins its log anew only where a change finds all of it in the file and nobody reading
 * it. Another thread never gets that far while changes keep coming, since it takes what was there
 * when it began; so where the log has become several times too long, the writer takes the little
 * that is left, and does so after each commit until the log begins anew.
 *
 * <p>All but the constructor and {@link #close} is called by the writer's thread.
 */
final class SqliteCheckpoints implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SqliteCheckpoints.class.getName());

  /** How many times too long the log may get before changes wait for it. */
  private static final int PATIENCE = 4;

  /** The same where another thread is at it, and the length of the log itself. */
  private static final int LONG_PATIENCE = 8;

  /** Says how long the log is and how much of it is in the file, and does nothing. */
  private static final String LOOK = "pragma wal_checkpoint(noop)";

  private static final String CHECKPOINT = "pragma wal_checkpoint(passive)";

  private final Checkpoints how;
  private final StoreObserver observer;
  private final @Nullable Session own;
  private final @Nullable Thread thread;
  private final Semaphore wanted = new Semaphore(0);
  private final ReentrantLock turn = new ReentrantLock();
  private volatile boolean isClosing;

  /**
   * The state of the log.
   *
   * @param pages its length
   * @param inFile how many of them are in the file
   */
  private record Log(long pages, long inFile) {
    long left() {
      return pages - inFile;
    }
  }

  /**
   * Checkpoints.
   *
   * @param own a connection for {@link Checkpoints.By#THREAD}; null for the other ways
   */
  SqliteCheckpoints(Checkpoints how, StoreObserver observer, @Nullable Session own) {
    this.how = how;
    this.observer = observer;
    this.own = own;
    this.thread =
        own == null ? null : Thread.ofPlatform().name("vidame-checkpoint").start(() -> run(own));
  }

  /** Keeps the writer's connection from seeing to its log within commits, unless it is to. */
  void prepare(Session session) throws SQLException {
    if (how.by() != Checkpoints.By.COMMIT) {
      session.execute("pragma wal_autocheckpoint = 0");
    }
  }

  /**
   * A commit has ended.
   *
   * @param isIdle whether nothing waits for the next one
   */
  void committed(Session session, boolean isIdle) {
    if (how.by() == Checkpoints.By.COMMIT) {
      return;
    }
    try {
      Log log = look(session);
      boolean isMuchTooLong = log.pages() >= (long) LONG_PATIENCE * how.pages();
      if (log.left() > 0 && (isMuchTooLong || isForWriter(log, isIdle))) {
        checkpoint(session, true);
      } else if (thread != null && log.left() >= how.pages() && wanted.availablePermits() == 0) {
        wanted.release();
      }
    } catch (SQLException e) {
      LOG.log(System.Logger.Level.WARNING, "The store's log could not be taken into its file", e);
      session.forgetStatements(e);
    }
  }

  private boolean isForWriter(Log log, boolean isIdle) {
    return thread == null && log.left() >= (long) how.pages() * (isIdle ? 1 : PATIENCE);
  }

  private void run(Session session) {
    try {
      for (wanted.acquire(); !isClosing; wanted.acquire()) {
        checkpoint(session, false);
      }
    } catch (InterruptedException e) {
      LOG.log(System.Logger.Level.ERROR, "Interrupted; nobody should do that", e);
    } catch (SQLException e) {
      LOG.log(
          System.Logger.Level.WARNING, "The store's log is taken into its file by the writer", e);
    }
  }

  private static Log look(Session session) throws SQLException {
    return session.one(LOOK, none -> {}, SqliteCheckpoints::log).orElseThrow();
  }

  /**
   * SQLite refuses a second one while one is going on. Whoever comes second waits here, or a log
   * that is much too long would grow for as long as the thread is slow.
   */
  private void checkpoint(Session session, boolean holdsCommits) throws SQLException {
    long start = System.nanoTime();
    turn.lock();
    try {
      session.one(CHECKPOINT, none -> {}, SqliteCheckpoints::log);
    } finally {
      turn.unlock();
    }
    observer.checkpointed(holdsCommits, System.nanoTime() - start);
  }

  private static Log log(Row row) throws SQLException {
    return new Log(row.number(2), row.number(3));
  }

  /** Ends the thread and its connection. */
  @Override
  public void close() throws SQLException {
    isClosing = true;
    wanted.release();
    try {
      if (thread != null) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (own != null) {
      own.close();
    }
  }
}
