package dev.vidame.bulk;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a run, earlier parts of it counted.
 *
 * @param total how many rows it has
 * @param counts how the rows ended that did
 * @param stopped why it ended before its last row, or null
 * @param cause more about that, for people
 */
public record RunResult(
    long total, Map<Result, Long> counts, @Nullable StopReason stopped, String cause) {

  /** Copies the numbers. */
  public RunResult {
    counts = Map.copyOf(counts);
  }

  /** How many rows have ended. */
  public long ended() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** How many rows failed. */
  public long failed() {
    return counts.entrySet().stream()
        .filter(each -> each.getKey().isFailure())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** Whether every row has ended. */
  public boolean isComplete() {
    return ended() == total;
  }
}
