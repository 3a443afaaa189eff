package dev.vidame.directory;

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
    List<T> results = new ArrayList<>();
    for (Future<T> future : futures) {
      results.add(future.get());
    }
    return results;
  }
}
