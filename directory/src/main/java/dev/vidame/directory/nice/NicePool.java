package dev.vidame.directory.nice;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.observation.PoolLoad;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * A few threads for long computations, which let all others go first, and a bounded line before
 * them. Thread-safe.
 */
public final class NicePool implements PoolLoad, AutoCloseable {
  /** A tenth of a processor's time where others want it, so that work is slow but not at an end. */
  static final int NICENESS = 10;

  private static final Duration IDLE = Duration.ofMinutes(1);

  private final Duration retryAfter;
  private final LongAdder refused = new LongAdder();
  private final ThreadPoolExecutor workers;

  /*
   * Who is woken may need a new thread to run on, and on Linux a new thread is as nice as the one that makes it. So whoever
   * waits is woken by a thread that is not nice, and that is made by the first who waits for the same reason.
   */
  private final ThreadPoolExecutor waker;

  /**
   * A pool.
   *
   * @param name of what is computed, for the names of the threads
   * @param threads how much is computed at once; each ends when it was idle for a minute
   * @param waiting how much waits beyond that
   * @param retryAfter when to come back, to whoever is turned away
   */
  public NicePool(String name, int threads, int waiting, Duration retryAfter) {
    this.retryAfter = retryAfter;
    workers =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE.toNanos(),
            TimeUnit.NANOSECONDS,
            new ArrayBlockingQueue<>(waiting),
            niceThreads(name));
    workers.allowCoreThreadTimeOut(true);
    waker =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.NANOSECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("vidame-" + name + "-wake").factory());
  }

  private static ThreadFactory niceThreads(String name) {
    ThreadFactory threads = Thread.ofPlatform().daemon().name("vidame-" + name + "-", 0).factory();
    return work ->
        threads.newThread(() -> {
          Niceness.ofThisThread(NICENESS);
          work.run();
        });
  }

  /**
   * Computes something, and waits for it.
   *
   * @throws DirectoryException when too much waits already, or whoever waits is interrupted
   * @throws IllegalStateException when the work failed
   */
  public <T> T compute(Supplier<T> work) {
    try {
      return submit(work).get();
    } catch (RejectedExecutionException e) {
      refused.increment();
      throw overloaded(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw overloaded(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("A computation failed", e.getCause());
    }
  }

  private DirectoryException overloaded(Exception cause) {
    return new DirectoryException(new Failure.Overloaded(retryAfter), cause);
  }

  /** As {@link #compute}, for who waits in another way. */
  <T> CompletableFuture<T> submit(Supplier<T> work) {
    waker.prestartCoreThread(); // here, since whoever makes it must not be nice
    return CompletableFuture.supplyAsync(work, workers)
        .whenCompleteAsync((result, problem) -> {}, waker);
  }

  @Override
  public int active() {
    return workers.getActiveCount();
  }

  @Override
  public int waiting() {
    return workers.getQueue().size();
  }

  @Override
  public long refused() {
    return refused.sum();
  }

  /** Ends the threads once their work is done. */
  @Override
  public void close() {
    workers.close();
    waker.close();
  }
}
