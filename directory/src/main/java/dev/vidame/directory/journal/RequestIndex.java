package dev.vidame.directory.journal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongPredicate;

/**
 * Finds the place of a request by 64 bits of its key. Not thread-safe.
 *
 * <p>A request id is random, so an index of them on disk would write a random page for each change,
 * which costs a third of the change. Here each costs 16 bytes of memory in open-addressed tables.
 * 64 bits may collide, so the caller checks each candidate against the row itself. Entries live in
 * generations; the oldest goes when the index is full.
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
    if (newest.size == entriesPerGeneration) {
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

  /** A table of key and place, at most half full, probed in line. */
  private static final class Generation {
    private long[] keys = new long[FIRST_SLOTS];
    private long[] places = new long[FIRST_SLOTS];
    private int size;

    void add(long key, long place) {
      if (size * 2 >= keys.length) {
        grow();
      }
      put(key, place);
      size++;
    }

    private void put(long key, long place) {
      int slot = slot(key);
      while (places[slot] != 0) {
        slot = next(slot);
      }
      keys[slot] = key;
      places[slot] = place;
    }

    private void grow() {
      long[] oldKeys = keys;
      long[] oldPlaces = places;
      keys = new long[oldKeys.length * 2];
      places = new long[keys.length];
      for (int i = 0; i < oldKeys.length; i++) {
        if (oldPlaces[i] != 0) {
          put(oldKeys[i], oldPlaces[i]);
        }
      }
    }

    long find(long key, LongPredicate accepts) {
      for (int slot = slot(key); places[slot] != 0; slot = next(slot)) {
        if (keys[slot] == key && accepts.test(places[slot])) {
          return places[slot];
        }
      }
      return 0;
    }

    private int slot(long key) {
      return (int) key & (keys.length - 1);
    }

    private int next(int slot) {
      return (slot + 1) & (keys.length - 1);
    }
  }
}
