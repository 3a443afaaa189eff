package dev.vidame.directory.journal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongPredicate;

/**
 * Finds the place of a request by 64 bits of its key. Not thread-safe.
 *
 * <p>A request id is random, so an index of them on disk would write a random page for each change,
 * which costs a third of the change. Here each costs 11 to 21 bytes of memory, in tables of one
 * number for each entry: 40 bits of the key, and where its place is among those that came at the
 * same time. Keys may collide, so the caller checks each candidate against the row itself. Entries
 * live in generations; the oldest goes when the index is full.
 */
final class RequestIndex {
  private static final int FIRST_SLOTS = 1 << 12;

  private final int entriesPerGeneration;
  private final int maxGenerations;
  private final Deque<Generation> generations = new ArrayDeque<>();

  RequestIndex(int entriesPerGeneration, int maxGenerations) {
    this.entriesPerGeneration = entriesPerGeneration;
    this.maxGenerations = maxGenerations;
    generations.addFirst(new Generation());
  }

  /** Adds a place, which must not be 0. */
  void add(long key, long place) {
    Generation newest = generations.getFirst();
    if (newest.size == entriesPerGeneration || !newest.fits(place)) {
      newest = new Generation();
      generations.addFirst(newest);
      if (generations.size() > maxGenerations) {
        generations.removeLast();
      }
    }
    newest.add(key, place);
  }

  /** The first place under the key that the caller accepts, or 0. */
  long find(long key, LongPredicate accepts) {
    for (Generation generation : generations) {
      long place = generation.find(key, accepts);
      if (place != 0) {
        return place;
      }
    }
    return 0;
  }

  /** How much memory the tables take, in bytes. */
  long bytes() {
    return generations.stream().mapToLong(one -> (long) one.slots.length * Long.BYTES).sum();
  }

  /**
   * A table of keys and places, at most three quarters full, probed in line. An entry's high 40
   * bits are the key's; the others are how far its place is from the first one of the same sign,
   * counted from 1, and that sign. An empty slot is 0.
   */
  private static final class Generation {
    private static final int PLACE_BITS = 24;
    private static final long PLACE_MASK = (1L << PLACE_BITS) - 1;
    private static final long MOST_APART = PLACE_MASK >> 1;

    /** Spreads keys that differ in few bits; odd, so that no two keys become the same. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private long[] slots = new long[FIRST_SLOTS];
    private long firstPositive;
    private long firstNegative;
    private int size;

    boolean fits(long place) {
      long first = place > 0 ? firstPositive : firstNegative;
      long apart = Math.abs(place) - first;
      return first == 0 || (apart >= 0 && apart < MOST_APART);
    }

    void add(long key, long place) {
      if (size * 4L >= slots.length * 3L) {
        grow();
      }
      if (place > 0 && firstPositive == 0) {
        firstPositive = place;
      } else if (place < 0 && firstNegative == 0) {
        firstNegative = -place;
      }
      put(mark(key) | code(place));
      size++;
    }

    private static long mark(long key) {
      return key * SPREAD & ~PLACE_MASK;
    }

    private long code(long place) {
      return place > 0 ? (place - firstPositive + 1) << 1 : ((-place - firstNegative + 1) << 1) | 1;
    }

    private long place(long entry) {
      long apart = ((entry & PLACE_MASK) >>> 1) - 1;
      return (entry & 1) == 0 ? firstPositive + apart : -(firstNegative + apart);
    }

    private void put(long entry) {
      int slot = slot(entry);
      while (slots[slot] != 0) {
        slot = next(slot);
      }
      slots[slot] = entry;
    }

    private void grow() {
      long[] old = slots;
      slots = new long[old.length * 2];
      for (long entry : old) {
        if (entry != 0) {
          put(entry);
        }
      }
    }

    long find(long key, LongPredicate accepts) {
      long mark = mark(key);
      for (int slot = slot(mark); slots[slot] != 0; slot = next(slot)) {
        long entry = slots[slot];
        if ((entry & ~PLACE_MASK) == mark && accepts.test(place(entry))) {
          return place(entry);
        }
      }
      return 0;
    }

    private int slot(long entry) {
      return (int) (entry >>> PLACE_BITS) & (slots.length - 1);
    }

    private int next(int slot) {
      return (slot + 1) & (slots.length - 1);
    }
  }
}
