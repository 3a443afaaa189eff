package dev.vidame.directory.paging;

import java.util.List;

/**
 * A part of a list.
 *
 * @param items the items, in the list's order
 * @param hasPrevious whether the list has items before these
 * @param hasNext whether the list has items behind these
 * @param <T> what the list is of
 */
public record Page<T>(List<T> items, boolean hasPrevious, boolean hasNext) {

  /** Copies the items. */
  public Page {
    items = List.copyOf(items);
  }

  /**
   * The page of what a statement found.
   *
   * @param query what was wanted
   * @param found one item more than was wanted, if there are that many; before a key in the order
   *     away from it
   */
  public static <T> Page<T> of(PageQuery query, List<T> found) {
    boolean hasMore = found.size() > query.size();
    List<T> items = hasMore ? found.subList(0, query.size()) : found;
    return switch (query.seek()) {
      case FIRST -> new Page<>(items, false, hasMore);
      case AFTER -> new Page<>(items, true, hasMore);
      case BEFORE -> new Page<>(items.reversed(), hasMore, true);
    };
  }
}
