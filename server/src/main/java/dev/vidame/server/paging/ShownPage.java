package dev.vidame.server.paging;

import dev.vidame.directory.paging.Page;
import java.util.List;
import java.util.function.Function;

/**
 * A part of a list with its items in JSON, the same for everybody who may see it.
 *
 * @param items the items in UTF-8, in the list's order
 * @param first the sort key of the first item; empty where there is none
 * @param last the sort key of the last item; empty where there is none
 * @param hasPrevious whether the list has items before these
 * @param hasNext whether the list has items behind these
 */
@SuppressWarnings("ArrayRecordComponent") // written, never compared
public record ShownPage(
    List<byte[]> items,
    List<String> first,
    List<String> last,
    boolean hasPrevious,
    boolean hasNext) {

  /** Copies the lists. */
  public ShownPage {
    items = List.copyOf(items);
    first = List.copyOf(first);
    last = List.copyOf(last);
  }

  /**
   * A page with its items in JSON.
   *
   * @param key an item's sort key, as the list's {@link dev.vidame.directory.paging.PageQuery} has
   *     it
   * @param json an item's JSON
   */
  public static <T> ShownPage of(
      Page<T> page, Function<T, List<String>> key, Function<T, byte[]> json) {
    List<T> items = page.items();
    return new ShownPage(
        items.stream().map(json).toList(),
        items.isEmpty() ? List.of() : key.apply(items.getFirst()),
        items.isEmpty() ? List.of() : key.apply(items.getLast()),
        page.hasPrevious(),
        page.hasNext());
  }

  /** How many bytes its items are. */
  public int bytes() {
    return items.stream().mapToInt(item -> item.length).sum();
  }
}
