package dev.vidame.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What was measured beside another load.
 *
 * @param rate what was measured
 * @param other what became of the other load
 */
record Beside<T>(Rate rate, T other) {
  /** How long the other load is there already; what came back meanwhile is gone by then. */
  private static final int SECONDS_BEFORE = 3;

  /** Another load, for so many seconds. */
  @FunctionalInterface
  interface Load<T> {
    T run(int seconds) throws IOException;
  }

  /**
   * Measures while another load is under way.
   *
   * @param seconds how long the measurement takes
   */
  static <T> Beside<T> run(Load<T> load, int seconds, Turns.Measurement measurement)
      throws IOException {
    CompletableFuture<T> other =
        CompletableFuture.supplyAsync(
            () -> made(load, SECONDS_BEFORE + seconds + 1), Thread::startVirtualThread);
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(SECONDS_BEFORE));
    Rate rate = measurement.run();
    return new Beside<>(rate, other.join());
  }

  private static <T> T made(Load<T> load, int seconds) {
    try {
      return load.run(seconds);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
