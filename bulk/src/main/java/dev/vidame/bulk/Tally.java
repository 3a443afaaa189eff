package dev.vidame.bulk;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** Counts how rows ended. Thread-safe. */
final class Tally {
  private final Map<Result, AtomicLong> counts = new EnumMap<>(Result.class);
  private final AtomicLong ended = new AtomicLong();

  Tally() {
    for (Result result : Result.values()) {
      counts.put(result, new AtomicLong());
    }
  }

  void add(Result result) {
    Objects.requireNonNull(counts.get(result)).incrementAndGet();
    ended.incrementAndGet();
  }

  long ended() {
    return ended.get();
  }

  Map<Result, Long> counts() {
    Map<Result, Long> copy = new EnumMap<>(Result.class);
    counts.forEach((result, count) -> {
      if (count.get() > 0) {
        copy.put(result, count.get());
      }
    });
    return copy;
  }
}
