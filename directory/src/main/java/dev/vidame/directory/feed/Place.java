package dev.vidame.directory.feed;

import java.util.Arrays;

/**
 * A place in a customer's journal: behind a certain row, which is known again by its hash. So a
 * place in a journal that has another history since, as after a restored backup, is found out.
 *
 * @param seq of the row; 0 for the journal's beginning
 * @param mark the first bytes of the row's hash
 */
@SuppressWarnings("ArrayRecordComponent") // equal by its seq and mark, as written below
public record Place(long seq, byte[] mark) {
  /** How long a mark is. */
  public static final int MARK_BYTES = 16;

  /** Before the first row. */
  public static final Place START = new Place(0, new byte[MARK_BYTES]);

  static Place behind(long seq, byte[] hash) {
    return new Place(seq, Arrays.copyOf(hash, MARK_BYTES));
  }

  boolean isBehind(byte[] hash) {
    return Arrays.equals(mark, Arrays.copyOf(hash, MARK_BYTES));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Place place && place.seq == seq && Arrays.equals(place.mark, mark);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(seq) * 31 + Arrays.hashCode(mark);
  }

  @Override
  public String toString() {
    return "Place[" + seq + "]";
  }
}
