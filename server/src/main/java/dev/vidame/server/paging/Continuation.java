package dev.vidame.server.paging;

import java.util.List;
import java.util.Map;

/**
 * What a continuation token remembers.
 *
 * @param parameters the query's parameters that the list was asked for with, by their names
 * @param first the sort key of the page's first item
 * @param last the sort key of the page's last item
 */
public record Continuation(Map<String, String> parameters, List<String> first, List<String> last) {
  /** Copies all of it. */
  public Continuation {
    parameters = Map.copyOf(parameters);
    first = List.copyOf(first);
    last = List.copyOf(last);
  }
}
