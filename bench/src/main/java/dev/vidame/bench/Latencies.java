package dev.vidame.bench;

import java.util.Arrays;
import java.util.List;

/**
 * Every single latency of one thread, in microseconds: exact, at four bytes each. Not thread-safe.
 */
final class Latencies {
  private static final int NANOS_PER_MICRO = 1_000;
  private static final double MICROS_PER_MILLI = 1_000;

  private int[] micros = new int[1 << 12];
  private int size;

  void add(long nanos) {
    if (size == micros.length) {
      micros = Arrays.copyOf(micros, size * 2);
    }
    micros[size++] = (int) Math.min(Integer.MAX_VALUE, nanos / NANOS_PER_MICRO);
  }

  /** All latencies of the threads, in order. */
  static Sorted sorted(List<Latencies> threads) {
    int[] all = new int[threads.stream().mapToInt(thread -> thread.size).sum()];
    int end = 0;
    for (Latencies thread : threads) {
      System.arraycopy(thread.micros, 0, all, end, thread.size);
      end += thread.size;
    }
    Arrays.sort(all);
    return new Sorted(all);
  }

  /** Latencies in order. */
  static final class Sorted {
    private final int[] micros;

    private Sorted(int[] micros) {
      this.micros = micros;
    }

    int count() {
      return micros.length;
    }

    /** The smallest latency, in milliseconds, that this percentage of all do not exceed. */
    double percentileMillis(double percent) {
      if (micros.length == 0) {
        throw new BenchException("Nothing was answered, so there are no latencies");
      }
      int rank = (int) Math.ceil(percent / 100 * micros.length);
      return micros[Math.max(rank, 1) - 1] / MICROS_PER_MILLI;
    }
  }
}
