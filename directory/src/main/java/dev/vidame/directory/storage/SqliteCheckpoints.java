package dev.vidame.directory.storage;

import dev.vidame.directory.Checkpoints;
import dev.vidame.directory.observation.StoreObserver;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Takes committed pages from the log of a SQLite store into its file, outside of commits.
 *
 * <p>SQLite begins its log anew only where a change finds all of it in the file and nobody reading
 * it. Another thread never gets that far while changes keep coming, since it takes what was there
 * when it began. So it takes what came meanwhile, and again, until little is left, which the writer
 * takes between two commits.
 *
 * <p>SQLite waits for the file to be on disk only where it has taken all of the log, which would be
 * within the writer's few pages, for all the pages of the thread. So the thread lets the disk have
 * them before. What a crash leaves does not depend on that: SQLite asks the disk itself before it
 * begins its log anew.
 *
 * <p>All but the constructor and {@link #close} is called by the writer's thread.
 */
final class SqliteCheckpoints implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SqliteCheckpoints.class.getName());

  /** How many times too long the log may get before changes wait for it. */
  private static final int PATIENCE = 4;

  /** The same where another thread is at it, and the length of the log itself. */
  private static final int LONG_PATIENCE = 8;

  /**
   * How many pages a thread leaves to the writer at most, who takes them within a few milliseconds;
   * and which part of what it began with.
   */
  private static final int FEW_PAGES = 256;

  private static final int FEW_OF_ALL = 4;

  /** How often a thread takes what came meanwhile; each time it is a small part of the last. */
  private static final int MOST_TURNS = 5;

  /** Says how long the log is and how much of it is in the file, and does nothing. */
  private static final String LOOK = "pragma wal_checkpoint(noop)";

  private static final String CHECKPOINT = "pragma wal_checkpoint(passive)";

  private final Checkpoints how;
  private final StoreObserver observer;
  private final @Nullable OwnThread own;
  private final ReentrantLock turn = new ReentrantLock();

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

  private SqliteCheckpoints(
      Checkpoints how,
      StoreObserver observer,
      @Nullable Session session,
      @Nullable FileChannel file) {
    this.how = how;
    this.observer = observer;
    this.own = session == null || file == null ? null : new OwnThread(session, file);
  }

  /** Checkpoints by the writer, within commits or between them. */
  static SqliteCheckpoints byWriter(Checkpoints how, StoreObserver observer) {
    return new SqliteCheckpoints(how, observer, null, null);
  }

  /**
   * Checkpoints by a thread.
   *
   * @param session its connection
   * @param file the store's. Whoever closes a file takes all locks on it from its process, those of
   *     SQLite's connections as well, so it is closed after the last of these.
   */
  static SqliteCheckpoints byThread(
      Checkpoints how, StoreObserver observer, Session session, FileChannel file) {
    return new SqliteCheckpoints(how, observer, session, file);
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
      if (log.left() == 0) {
        return;
      }
      boolean isMuchTooLong = log.pages() >= (long) LONG_PATIENCE * how.pages();
      if (isMuchTooLong || (own == null ? isForWriter(log, isIdle) : own.leavesTheRest())) {
        takeRest(session);
      } else if (own != null) {
        own.wakeFor(log);
      }
    } catch (SQLException e) {
      LOG.log(System.Logger.Level.WARNING, "The store's log could not be taken into its file", e);
      session.forgetStatements(e);
    }
  }

  private boolean isForWriter(Log log, boolean isIdle) {
    return log.left() >= (long) how.pages() * (isIdle ? 1 : PATIENCE);
  }

  private static Log look(Session session) throws SQLException {
    return session.one(LOOK, none -> {}, SqliteCheckpoints::log).orElseThrow();
  }

  private void takeRest(Session session) throws SQLException {
    long start = System.nanoTime();
    copy(session);
    observer.checkpointed(true, System.nanoTime() - start);
  }

  /**
   * SQLite refuses a second one while one is going on. Whoever comes second waits here, or a log
   * that is much too long would grow for as long as the thread is slow.
   */
  private void copy(Session session) throws SQLException {
    turn.lock();
    try {
      session.one(CHECKPOINT, none -> {}, SqliteCheckpoints::log);
    } finally {
      turn.unlock();
    }
  }

  private static Log log(Row row) throws SQLException {
    return new Log(row.number(2), row.number(3));
  }

  /** Ends the thread, its connection and its file; the writer's connection is to end before. */
  @Override
  public void close() throws SQLException, IOException {
    if (own != null) {
      own.close();
    }
  }

  /** Takes most of the log into the file while commits go on. */
  private final class OwnThread {
    private final Session session;
    private final FileChannel file;
    private final int fewPages = Math.min(FEW_PAGES, how.pages() / FEW_OF_ALL);
    private final Semaphore wanted = new Semaphore(0);
    private final Thread thread =
        Thread.ofPlatform().name("vidame-checkpoint").unstarted(this::run);

    /** Set by the writer and cleared by the thread. */
    private volatile boolean isAtWork;

    /** Set by the thread and cleared by the writer. */
    private volatile boolean isRestLeft;

    /** How many pages it could not take, mostly as somebody reads what was there before them. */
    private final AtomicLong held = new AtomicLong();

    private volatile boolean isClosing;

    OwnThread(Session session, FileChannel file) {
      this.session = session;
      this.file = file;
      thread.start();
    }

    void wakeFor(Log log) {
      if (!isAtWork && log.left() >= how.pages() + held.get()) {
        isAtWork = true;
        wanted.release();
      }
    }

    /** Whether it leaves the rest to the writer, who is told once. */
    boolean leavesTheRest() {
      if (isRestLeft) {
        isRestLeft = false;
        return true;
      }
      return false;
    }

    private void run() {
      try {
        for (wanted.acquire(); !isClosing; wanted.acquire()) {
          work();
          isAtWork = false;
        }
      } catch (InterruptedException e) {
        LOG.log(System.Logger.Level.ERROR, "Interrupted; nobody should do that", e);
      }
    }

    /** Where it fails, it tries again later; the writer has the longer patience. */
    private void work() {
      try {
        long left = takeMost();
        isRestLeft = left <= fewPages;
        held.set(isRestLeft ? 0 : left);
      } catch (SQLException | IOException e) {
        LOG.log(System.Logger.Level.WARNING, "The store's log is not taken into its file yet", e);
        session.forgetStatements(e);
        held.addAndGet(how.pages());
      }
    }

    /** Returns how many pages are left. */
    private long takeMost() throws SQLException, IOException {
      long before;
      long left = look(session).left();
      int turns = 0;
      do {
        before = left;
        take();
        left = look(session).left();
      } while (left > fewPages && left < before && ++turns < MOST_TURNS);
      return left;
    }

    private void take() throws SQLException, IOException {
      long start = System.nanoTime();
      copy(session);
      file.force(false);
      observer.checkpointed(false, System.nanoTime() - start);
    }

    void close() throws SQLException, IOException {
      isClosing = true;
      wanted.release();
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      try (file) {
        session.close();
      }
    }
  }
}
