package dev.vidame.server.openapi;

import dev.vidame.server.http.Answer;
import dev.vidame.server.http.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The routes by which the API describes itself: a document for programs and a page for people.
 * Thread-safe.
 */
public final class OpenApiRoutes {
  private final List<Route> routes = new ArrayList<>();
  private volatile byte @Nullable [] document;

  private OpenApiRoutes(List<Route> others) {
    routes.addAll(others);
    routes.add(Route.open("GET", "/openapi.json", "openapi", call -> Answer.json(200, document())));
    routes.addAll(Viewer.routes());
    routes.forEach(Descriptions::of);
    routes.forEach(RouteRules::require);
  }

  /**
   * A route table with these routes and those that describe all of them.
   *
   * @throws IllegalStateException when nothing is said of one of them, or nothing of who may call
   *     it
   */
  public static List<Route> describing(List<Route> others) {
    return List.copyOf(new OpenApiRoutes(others).routes);
  }

  /**
   * As above, with pages for people, which the document leaves out.
   *
   * @throws IllegalStateException also when a page has no rule of who may see it
   */
  public static List<Route> describing(List<Route> others, List<Route> pages) {
    pages.forEach(RouteRules::require);
    return Stream.concat(describing(others).stream(), pages.stream()).toList();
  }

  /** Made when it is first asked for: most servers never are, and a start should be short. */
  private byte[] document() {
    byte[] known = document;
    if (known == null) {
      known = ApiDocument.of(routes);
      document = known;
    }
    return known;
  }
}
