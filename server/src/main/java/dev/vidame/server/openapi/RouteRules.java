package dev.vidame.server.openapi;

import dev.vidame.server.access.Operation;
import dev.vidame.server.http.Route;
import java.util.Locale;
import java.util.Set;

/** No route of the API is without a rule of who may call it. */
final class RouteRules {
  private static final String OWN = "/vidame";
  private static final String PAGES = "/dashboard";

  /** Where nobody is signed in yet, or not any more; they tell nothing of any partner. */
  private static final Set<String> OPEN_PAGES =
      Set.of(
          PAGES,
          PAGES + "/sign-in",
          PAGES + "/signed-in",
          PAGES + "/signed-in/{issuer}",
          PAGES + "/sign-out",
          PAGES + "/files/{file}");

  private RouteRules() {}

  /**
   * Requires that a route under {@code /v1} or {@code /vidame/v1} names an operation that fits its
   * path, one under {@code /admin} is an operator's, one under {@code /dashboard} names an
   * operation unless it is one of those by which people come and go, and no other is any of these.
   *
   * @throws IllegalStateException so that a server with such a route never starts
   */
  static void require(Route route) {
    String whole = route.template().toLowerCase(Locale.ROOT);
    String path = whole.startsWith(OWN + "/v1/") ? whole.substring(OWN.length()) : whole;
    boolean isRuled =
        switch (route.access()) {
          case Route.Open open ->
              !path.startsWith("/v1/")
                  && !path.startsWith("/admin/")
                  && (!path.startsWith("/dashboard") || OPEN_PAGES.contains(route.template()));
          case Route.Page page ->
              path.startsWith(page.isOnCustomer() ? PAGES + "/customers/{customer}" : PAGES + "/")
                  && page.operation().needsCustomer() == page.isOnCustomer();
          case Route.ForOperator ours -> path.startsWith("/admin/");
          case Route.OnPartner on -> path.startsWith("/v1/") && !on.operation().needsCustomer();
          case Route.OnCustomer on ->
              path.startsWith("/v1/customers/{customer}") && isOnCustomers(on.operation());
        };
    if (!isRuled) {
      throw new IllegalStateException(
          "The rule of who may call it does not fit the route "
              + route.method()
              + " "
              + route.template());
    }
  }

  private static boolean isOnCustomers(Operation operation) {
    return operation.needsCustomer() || operation == Operation.ASK_FOR_OTHER_SERVICES;
  }
}
