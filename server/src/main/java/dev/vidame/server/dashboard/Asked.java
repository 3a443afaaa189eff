package dev.vidame.server.dashboard;

import dev.vidame.server.access.Operation;
import dev.vidame.server.http.Request;
import dev.vidame.server.http.Route;
import dev.vidame.wire.Guid;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a request for a page asks for.
 *
 * @param operation what is to be done
 * @param customer to whom; null where the address names none
 */
record Asked(Operation operation, @Nullable UUID customer) {
  private static final String CUSTOMER = "{customer}";

  /** By the route of a page; empty for an address that is no page's. */
  static Optional<Asked> of(List<Route> pages, Request request) {
    List<String> path = List.of(request.rawPath().split("/", -1));
    return pages.stream()
        .filter(route -> route.method().equals(request.method()))
        .flatMap(route -> of(route, path).stream())
        .findFirst();
  }

  private static Optional<Asked> of(Route route, List<String> path) {
    List<String> template = List.of(route.template().split("/", -1));
    if (!(route.access() instanceof Route.Page page) || template.size() != path.size()) {
      return Optional.empty();
    }
    for (int i = 0; i < path.size(); i++) {
      String wanted = template.get(i);
      if (!wanted.startsWith("{") && !wanted.equalsIgnoreCase(path.get(i))) {
        return Optional.empty();
      }
    }
    int place = template.indexOf(CUSTOMER);
    return Optional.of(
        new Asked(page.operation(), place < 0 ? null : Guid.parse(path.get(place)).orElse(null)));
  }
}
