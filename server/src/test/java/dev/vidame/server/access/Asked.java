package dev.vidame.server.access;

import dev.vidame.server.http.Route;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/**
 * What is asked for at a route or a page: all that it is for, or a part of it that takes an
 * operation of its own.
 *
 * @param route where
 * @param operation what is decided on
 * @param query what asks for the part, with its question mark; empty for all
 */
public record Asked(Route route, Operation operation, String query) {
  /** What can be asked for at a route; nothing where it names no operation. */
  public static Stream<Asked> at(Route route) {
    Operation api = RightsPage.operationOf(route);
    Operation operation = api == null ? RightsPage.pageOperationOf(route) : api;
    return operation == null
        ? Stream.empty()
        : Stream.concat(
            Stream.of(new Asked(route, operation, "")),
            route.parts().stream()
                .map(part -> new Asked(route, part.operation(), "?" + query(part))));
  }

  private static String query(Route.Part part) {
    return part.parameter() + "=" + URLEncoder.encode(part.value(), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return operation + " at " + route.method() + " " + route.template();
  }
}
