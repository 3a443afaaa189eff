package dev.vidame.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Virtual threads that each do the next thing as soon as the last is done. */
public final class ClosedLoop {
  private static final double NANOS_PER_SECOND = 1e9;

  private final int threads;
  private final Turn turn;
  private int runs;

  /** What a thread does again and again. */
  @FunctionalInterface
  public interface Turn {
    /**
     * Does it once.
     *
     * @param thread who does it: unique over all runs of the loop
     * @param random the thread's own
     * @param number which turn of the thread it is
     */
    void take(int thread, SplittableRandom random, int number);
  }

  /** A loop of so many threads. */
  public ClosedLoop(int threads, Turn turn) {
    this.threads = threads;
    this.turn = turn;
  }

  /** Goes on for so long; what is under way then is finished. */
  public Rate run(Duration time) {
    long start = System.nanoTime();
    List<Latencies> all = runUntil(start + time.toNanos());
    double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
    return Rate.of(Latencies.sorted(all), seconds);
  }

  private List<Latencies> runUntil(long end) {
    List<Future<Latencies>> running = new ArrayList<>();
    List<Latencies> all = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < threads; i++) {
        int thread = runs++;
        running.add(executor.submit(() -> loop(thread, end)));
      }
      for (Future<Latencies> thread : running) {
        all.add(thread.get());
      }
    } catch (ExecutionException e) {
      throw new BenchException("A turn failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("Interrupted", e);
    }
    return all;
  }

  private Latencies loop(int thread, long end) {
    Latencies latencies = new Latencies();
    SplittableRandom random = new SplittableRandom(thread);
    long now = System.nanoTime();
    for (int number = 0; now < end; number++) {
      turn.take(thread, random, number);
      long done = System.nanoTime();
      latencies.add(done - now);
      now = done;
    }
    return latencies;
  }
}
