package dev.vidame.directory.audit;

import java.util.Comparator;
import java.util.List;

/**
 * Where a record stands in a partner's history.
 *
 * @param position the place in the journal; of a refused request, that of the last row before it
 * @param refusal the number of a refused request; 0 for a change
 * @param ordinal which of the records that one request made
 * @param seq as {@code position}, in the customer's own journal
 */
record Place(long position, long refusal, int ordinal, long seq) implements Comparable<Place> {
  private static final Comparator<Place> ORDER =
      Comparator.comparingLong(Place::position)
          .thenComparingLong(Place::refusal)
          .thenComparingInt(Place::ordinal);

  /** Behind everything. */
  static final Place END =
      new Place(Long.MAX_VALUE - 1, Long.MAX_VALUE - 1, Integer.MAX_VALUE, Long.MAX_VALUE - 1);

  Place at(int other) {
    return new Place(position, refusal, other, seq);
  }

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }

  List<String> key() {
    return List.of(
        Long.toString(position),
        Long.toString(refusal),
        Integer.toString(ordinal),
        Long.toString(seq));
  }

  static Place of(List<String> key) {
    return new Place(
        Long.parseLong(key.get(0)),
        Long.parseLong(key.get(1)),
        Integer.parseInt(key.get(2)),
        Long.parseLong(key.get(3)));
  }
}
