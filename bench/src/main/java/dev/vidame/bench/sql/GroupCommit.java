package dev.vidame.bench.sql;

import dev.vidame.bench.BenchException;
import dev.vidame.bench.sql.PatchWork.Change;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import org.sqlite.SQLiteConfig;

/**
 * The product's group commit over a bare connection, which a library can be given: one thread, one
 * savepoint for each unit, one commit for all that wait. The product's own hides its connection;
 * that this one costs the same shows in the report, where statements by hand run through both.
 */
final class GroupCommit implements Contestant {
  private static final int QUEUE_CAPACITY = 10_000;
  private static final int MAX_BATCH = 512;
  private static final int BUSY_TIMEOUT_MILLIS = 5_000;
  private static final int CACHE_KIB = 16_384;

  private final String name;
  private final Connection connection;
  private final Statements statements;
  private final Bounds bounds;
  private final BlockingQueue<Unit> queue = new ArrayBlockingQueue<>(QUEUE_CAPACITY);
  private final Thread thread;
  private volatile boolean isClosing;
  private long position;

  private GroupCommit(String name, Connection connection, Statements.Factory factory)
      throws SQLException {
    this.name = name;
    this.connection = connection;
    this.statements = factory.over(connection);
    this.bounds = Bounds.of(connection);
    this.thread = Thread.ofPlatform().name(writerThread()).unstarted(this::run);
  }

  static Contestant open(String name, Path store, Statements.Factory factory) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    config.setCacheSize(-CACHE_KIB);
    config.setGetGeneratedKeys(false);
    try {
      Connection connection = config.createConnection("jdbc:sqlite:" + store);
      connection.setAutoCommit(false);
      GroupCommit commit = new GroupCommit(name, connection, factory);
      commit.bounds.commit().execute(); // the driver has begun; from here on the bounds decide
      commit.thread.start();
      return commit;
    } catch (SQLException e) {
      throw new BenchException("The store cannot be opened", e);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String writerThread() {
    return "bench-writer of " + name;
  }

  @Override
  public void patch(Change change) {
    Unit unit = new Unit(change, new CompletableFuture<>());
    if (!queue.offer(unit)) {
      throw new BenchException("Too many wait");
    }
    unit.answer().join();
  }

  private void run() {
    List<Unit> batch = new ArrayList<>(MAX_BATCH);
    try {
      while (!isClosing) {
        batch.add(queue.take());
        queue.drainTo(batch, MAX_BATCH - 1);
        commit(batch);
        batch.clear();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed: nothing is under way
    }
  }

  private void commit(List<Unit> batch) {
    try {
      bounds.begin().execute();
      for (Unit unit : batch) {
        bounds.savepoint().execute();
        statements.patch(unit.change(), ++position);
        bounds.release().execute();
      }
      bounds.commit().execute();
      batch.forEach(unit -> unit.answer().complete(null));
    } catch (SQLException | RuntimeException e) {
      batch.forEach(unit -> unit.answer().completeExceptionally(e));
    }
  }

  @Override
  public void close() {
    isClosing = true;
    thread.interrupt();
    try {
      thread.join();
      connection.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      throw new BenchException("The store cannot be closed", e);
    }
  }

  private record Unit(Change change, CompletableFuture<Void> answer) {}

  /** What begins and ends transactions and units, prepared once, as in the product. */
  private record Bounds(
      PreparedStatement begin,
      PreparedStatement savepoint,
      PreparedStatement release,
      PreparedStatement commit) {
    static Bounds of(Connection connection) throws SQLException {
      return new Bounds(
          connection.prepareStatement("begin immediate"),
          connection.prepareStatement("savepoint unit"),
          connection.prepareStatement("release unit"),
          connection.prepareStatement("commit"));
    }
  }
}
