package dev.vidame.directory.move;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was copied or looked at.
 *
 * @param counts how many rows of each table
 * @param customers how many customers have any
 * @param digest SHA-256 over all rows in one form, the same for every store with the same in it;
 *     empty where nobody asked for it
 */
public record MoveReport(SortedMap<String, Long> counts, long customers, String digest) {
  /** Copies the counts. */
  public MoveReport {
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
  }

  /** How many rows of all tables. */
  public long rows() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
