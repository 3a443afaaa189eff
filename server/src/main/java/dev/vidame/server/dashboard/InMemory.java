package dev.vidame.server.dashboard;

import dev.vidame.directory.paging.Page;
import dev.vidame.directory.paging.PageQuery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Cuts lists into pages that are short enough to be read as a whole, and sorted here. */
final class InMemory {
  private static final int AT_ONCE = 500;
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private InMemory() {}

  /**
   * All items of a list that is read by id.
   *
   * @param behind reads so many at most behind an id
   */
  static <T> List<T> all(BiFunction<UUID, Integer, List<T>> behind, Function<T, UUID> id) {
    List<T> all = new ArrayList<>();
    List<T> found = behind.apply(BEFORE_ALL, AT_ONCE);
    while (!found.isEmpty()) {
      all.addAll(found);
      found = found.size() < AT_ONCE ? List.of() : behind.apply(id.apply(found.getLast()), AT_ONCE);
    }
    return all;
  }

  /** The wanted part of a list in the order of its keys. */
  static <T> Page<T> page(Stream<T> all, PageQuery wanted, Function<T, List<String>> key) {
    Comparator<T> order = (one, other) -> compare(key.apply(one), key.apply(other));
    Predicate<T> isThere =
        switch (wanted.seek()) {
          case FIRST -> any -> true;
          case AFTER -> item -> compare(key.apply(item), wanted.key()) > 0;
          case BEFORE -> item -> compare(key.apply(item), wanted.key()) < 0;
        };
    boolean isBackwards = wanted.seek() == PageQuery.Seek.BEFORE;
    return Page.of(
        wanted,
        all.filter(isThere)
            .sorted(isBackwards ? order.reversed() : order)
            .limit(wanted.size() + 1L)
            .toList());
  }

  private static int compare(List<String> one, List<String> other) {
    int compared = 0;
    for (int i = 0; compared == 0 && i < Math.min(one.size(), other.size()); i++) {
      compared = one.get(i).compareTo(other.get(i));
    }
    return compared;
  }
}
