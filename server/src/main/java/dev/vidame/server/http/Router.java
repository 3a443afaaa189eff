package dev.vidame.server.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route of a path. Literals match in any case; a segment in braces matches anything.
 * Immutable once built.
 */
final class Router {
  private final Node root = new Node();

  Router(List<Route> routes) {
    routes.forEach(this::add);
  }

  private void add(Route route) {
    Node node = root;
    for (String segment : ApiPath.of(route.template()).segments()) {
      node = segment.startsWith("{") ? node.parameter() : node.literal(segment);
    }
    if (node.routes.put(route.method(), route) != null) {
      throw new IllegalStateException("Two routes for " + route.method() + " " + route.template());
    }
  }

  /** What a path leads to. */
  sealed interface Match {
    /** Whether it is a route on no customer. */
    default boolean isOnPartner() {
      return this instanceof Found found && found.route().access() instanceof Route.OnPartner;
    }
  }

  /**
   * A route.
   *
   * @param route which
   * @param parameters the segments that stand for the template's braces, in order
   */
  record Found(Route route, List<String> parameters) implements Match {}

  /**
   * The path exists, the method does not.
   *
   * @param allowed the methods that do, in alphabetical order
   */
  record WrongMethod(List<String> allowed) implements Match {}

  /** No route has this path. */
  record Unknown() implements Match {}

  /**
   * The methods that a path advertises, in alphabetical order; none where there is no such path.
   */
  List<String> allowed(ApiPath path) {
    return match("", path) instanceof WrongMethod wrong ? wrong.allowed() : List.of();
  }

  Match match(String method, ApiPath path) {
    List<String> parameters = new ArrayList<>(2);
    Node node = root;
    for (String segment : path.segments()) {
      Node literal = node.literals.get(segment.toLowerCase(Locale.ROOT));
      if (literal == null) {
        parameters.add(segment);
      }
      Node next = literal == null ? node.parameter : literal;
      if (next == null) {
        return new Unknown();
      }
      node = next;
    }
    if (node.routes.isEmpty()) {
      return new Unknown();
    }
    Route route = node.routes.get(method);
    return route == null ? new WrongMethod(node.advertised()) : new Found(route, parameters);
  }

  /** One segment of the tree of paths. */
  private static final class Node {
    private final Map<String, Node> literals = new HashMap<>();
    private final Map<String, Route> routes = new TreeMap<>();
    private @Nullable Node parameter;

    List<String> advertised() {
      return routes.values().stream()
          .filter(route -> !route.isTolerated())
          .map(Route::method)
          .toList();
    }

    Node literal(String segment) {
      return literals.computeIfAbsent(segment.toLowerCase(Locale.ROOT), any -> new Node());
    }

    Node parameter() {
      if (parameter == null) {
        parameter = new Node();
      }
      return parameter;
    }
  }
}
