package dev.vidame.directory.storage;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.observation.StoreObserver;
import dev.vidame.directory.storage.Transactions.Work;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Writes for everybody on one platform thread, many units of work in one commit.
 *
 * <p>An fsync costs as much as dozens of changes, so all that waits when a commit ends goes into
 * the next one. Each unit runs in its own savepoint: a refused one takes back only itself. Callers
 * hear of their success after the commit. The thread is a platform thread because a commit blocks
 * in native code, which would hold a carrier of virtual threads. After a commit a virtual thread
 * wakes all who waited for it, which is cheap there, while the next one begins.
 */
final class GroupCommitWriter implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(GroupCommitWriter.class.getName());

  /**
   * How much memory there must be for each unit that may wait. Its caller waits with it, over HTTP
   * with a connection, a thread and a body, and others need memory, too.
   */
  private static final long MEMORY_FOR_ONE = 128L * 1024;

  /**
   * How many units may wait before further ones are turned away: as many as the memory bears, and
   * no more than a second's worth, as more only grows the delay.
   */
  static final int QUEUE_CAPACITY =
      Math.clamp(Runtime.getRuntime().maxMemory() / MEMORY_FOR_ONE, 512, 10_000);

  /** Bounds the time between a change and its answer when the queue is long. */
  private static final int MAX_BATCH = 512;

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Session session;
  private final SqliteCheckpoints checkpoints;
  private final StoreObserver observer;
  private final BlockingQueue<Unit<?>> queue = new ArrayBlockingQueue<>(QUEUE_CAPACITY);
  private final Thread thread;
  private volatile boolean isClosing;
  private volatile boolean isTerminated;

  private GroupCommitWriter(
      Session session, SqliteCheckpoints checkpoints, StoreObserver observer) {
    this.session = session;
    this.checkpoints = checkpoints;
    this.observer = observer;
    this.thread = Thread.ofPlatform().name("vidame-writer").unstarted(this::run);
  }

  /** A writer; what it is given is its own from now on. */
  static GroupCommitWriter start(
      Session session, SqliteCheckpoints checkpoints, StoreObserver observer) {
    GroupCommitWriter writer = new GroupCommitWriter(session, checkpoints, observer);
    observer.opened(writer.new Waiting());
    writer.thread.start();
    return writer;
  }

  /** Waits until the work is on disk, or throws what the work threw. */
  <R> R submit(Work<R> work) {
    Unit<R> unit = new Unit<>(work);
    if (isClosing || !queue.offer(unit) || (isTerminated && queue.remove(unit))) {
      observer.refused();
      throw new Failure.Overloaded(RETRY_AFTER).asException();
    }
    return unit.await();
  }

  private void run() {
    List<Unit<?>> batch = new ArrayList<>(MAX_BATCH);
    try {
      while (!(isClosing && queue.isEmpty())) {
        batch.add(queue.take());
        queue.drainTo(batch, MAX_BATCH - 1);
        commit(batch);
        batch.clear();
        checkpoints.committed(session, queue.isEmpty());
      }
    } catch (InterruptedException e) {
      LOG.log(System.Logger.Level.ERROR, "The writer was interrupted; nobody should do that", e);
    } finally {
      isTerminated = true;
      observer.closed();
      turnAway();
    }
  }

  /** Answers those who were let into the queue while the last batch was being committed. */
  private void turnAway() {
    for (Unit<?> late = queue.poll(); late != null; late = queue.poll()) {
      late.fail(new Failure.Overloaded(RETRY_AFTER).asException());
    }
  }

  private void commit(List<Unit<?>> batch) {
    StoreObserver.Batch watched = observer.began(batch.size());
    try {
      session.execute("begin immediate");
      for (Unit<?> unit : batch) {
        unit.runInSavepoint(session);
      }
      session.execute("commit");
    } catch (SQLException e) {
      LOG.log(System.Logger.Level.ERROR, "A commit of " + batch.size() + " changes failed", e);
      session.forgetStatements(e);
      rollBack();
      watched.failed();
      batch.reversed().forEach(Unit::rollBack);
      batch.forEach(unit -> unit.fail(e));
      return;
    }
    watched.committed();
    batch.forEach(Unit::committed);
    List<Unit<?>> committed = List.copyOf(batch);
    Thread.startVirtualThread(() -> committed.forEach(Unit::complete));
  }

  /**
   * SQLite ends a transaction by itself on some faults, so there may be nothing left to roll back.
   */
  private void rollBack() {
    try {
      session.execute("rollback");
    } catch (SQLException e) {
      LOG.log(System.Logger.Level.DEBUG, "Nothing to roll back", e);
      session.forgetStatements(e);
    }
  }

  /** Commits what waits, then ends the thread and closes the session. */
  @Override
  public void close() {
    isClosing = true;
    try {
      queue.put(new Unit<>(idle -> true)); // wakes the thread
      thread.join();
      try (checkpoints) {
        session.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException | IOException e) {
      throw new DirectoryException(new Failure.StoreUnavailable(), e);
    }
  }

  /** What waits, for whoever watches. */
  private final class Waiting implements StoreObserver.Queue {
    @Override
    public int waiting() {
      return queue.size();
    }

    @Override
    public int capacity() {
      return QUEUE_CAPACITY;
    }
  }
}
