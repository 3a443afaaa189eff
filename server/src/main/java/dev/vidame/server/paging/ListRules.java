package dev.vidame.server.paging;

import java.util.List;

/**
 * What a list can be asked for.
 *
 * @param parameters the names of its parameters beside the paging ones, such as {@code filter}, in
 *     the order in which links show them
 * @param defaultSize the page size where none is asked for
 * @param maxSize the largest page size; larger wishes get this
 */
public record ListRules(List<String> parameters, int defaultSize, int maxSize) {
  /** The largest page of any list (wire-spec §2.1, §3.5, §6.1). */
  public static final int MAX_SIZE = 500;

  /** Copies the names. */
  public ListRules {
    parameters = List.copyOf(parameters);
  }

  /** A list with these parameters and 500 items on a page. */
  public static ListRules of(String... parameters) {
    return new ListRules(List.of(parameters), MAX_SIZE, MAX_SIZE);
  }
}
