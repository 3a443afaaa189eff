package dev.vidame.directory.paging;

import java.util.List;

/**
 * Which part of a list is wanted. Pages are found by the sort key of an item, not by counting, so
 * that nothing is skipped or shown twice while others come and go.
 *
 * @param size how many items at most, at least 1
 * @param seek from where
 * @param key the sort key of the item that {@code seek} speaks of, the item's id last; empty for
 *     {@link Seek#FIRST}
 */
public record PageQuery(int size, Seek seek, List<String> key) {

  /** From where a page is read. */
  public enum Seek {
    /** From the list's beginning. */
    FIRST,
    /** The items right behind the key. */
    AFTER,
    /** The items right before the key. */
    BEFORE
  }

  /** Copies the key. */
  public PageQuery {
    key = List.copyOf(key);
  }

  /** The first page. */
  public static PageQuery first(int size) {
    return new PageQuery(size, Seek.FIRST, List.of());
  }
}
