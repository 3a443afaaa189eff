package dev.vidame.directory;

import dev.vidame.harness.Until;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Runs many tasks at once, all let go by one gate. */
public final class Together {
  private Together() {}

  /** The results in the order of the tasks. */
  public static <T> List<T> run(int tasks, IntFunction<Callable<T>> task)
      throws InterruptedException, ExecutionException {
    return run(Executors.newVirtualThreadPerTaskExecutor(), tasks, task);
  }

  /** The same, where tasks that never wait must not keep the others from a processor. */
  public static <T> List<T> runFairly(int tasks, IntFunction<Callable<T>> task)
      throws InterruptedException, ExecutionException {
    return run(Executors.newFixedThreadPool(tasks), tasks, task);
  }

  private static <T> List<T> run(ExecutorService executor, int tasks, IntFunction<Callable<T>> task)
      throws InterruptedException, ExecutionException {
    CyclicBarrier gate = new CyclicBarrier(tasks);
    List<Future<T>> futures = new ArrayList<>();
    try (ExecutorService threads = executor) {
      for (int i = 0; i < tasks; i++) {
        Callable<T> mine = task.apply(i);
        futures.add(
            threads.submit(() -> {
              gate.await();
              return mine.call();
            }));
      }
    }
    return results(futures);
  }

  private static <T> List<T> results(List<Future<T>> futures)
      throws InterruptedException, ExecutionException {
    List<T> results = new ArrayList<>();
    for (Future<T> future : futures) {
      results.add(future.get());
    }
    return results;
  }

  /**
   * Runs tasks on a database server into a lock of somebody else's, so that they meet there for
   * certain. Each is started once those before it wait for a lock or have ended; when all do, the
   * lock is let go. The results are in the order of the tasks.
   *
   * @param lock the statement that takes it
   */
  public static <T> List<T> runIntoLock(TestStore store, String lock, List<Callable<T>> tasks)
      throws SQLException, InterruptedException, ExecutionException {
    List<Future<T>> futures = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Connection other = store.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute(lock);
      for (Callable<T> task : tasks) {
        futures.add(threads.submit(task));
        awaitStandstill(statement, futures);
      }
      other.commit();
    }
    return results(futures);
  }

  private static void awaitStandstill(Statement statement, List<? extends Future<?>> tasks)
      throws SQLException, InterruptedException {
    Until.met(
        () -> waiting(statement) + tasks.stream().filter(Future::isDone).count() >= tasks.size());
  }

  private static long waiting(Statement statement) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery("select count(*) from pg_locks where not granted")) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
