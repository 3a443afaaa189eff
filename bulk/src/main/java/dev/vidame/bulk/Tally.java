package dev.vidame.bulk;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counts how rows ended. Thread-safe. */
final class Tally {
  private final AtomicLongArray counts = new AtomicLongArray(Result.values().length);

  void add(Result result) {
    counts.incrementAndGet(result.ordinal());
  }

  long ended() {
    long sum = 0;
    for (int i = 0; i < counts.length(); i++) {
      sum += counts.get(i);
    }
    return sum;
  }

  Map<Result, Long> counts() {
    Map<Result, Long> copy = new EnumMap<>(Result.class);
    for (Result result : Result.values()) {
      if (counts.get(result.ordinal()) > 0) {
        copy.put(result, counts.get(result.ordinal()));
      }
    }
    return copy;
  }

  long failures() {
    return counts().entrySet().stream()
        .filter(each -> each.getKey().isFailure())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
