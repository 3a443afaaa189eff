package dev.vidame.server.customers;

import dev.vidame.server.access.Operation;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.Route;
import java.util.ArrayList;
import java.util.List;

/**
 * What clients of Partner Center may ask for and this server does not offer (wire-spec §2.10). It
 * says so, to callers who might have asked.
 */
final class UnofferedRoutes {
  private static final List<String> ON_CUSTOMER =
      List.of(
          "GET qualification",
          "PUT qualification",
          "GET qualifications",
          "POST qualifications",
          "GET subscriptions",
          "GET subscriptions/{subscription}",
          "PATCH subscriptions/{subscription}",
          "GET orders",
          "POST orders",
          "GET orders/{order}",
          "PATCH orders/{order}",
          "POST carts",
          "GET entitlements",
          "GET usagesummary",
          "GET usagebudget",
          "GET servicecosts/{period}",
          "GET servicerequests",
          "GET managedservices",
          "GET agreements",
          "POST agreements");

  private static final List<String> ON_PARTNER =
      List.of(
          "GET customers/relationshiprequests",
          "GET countryvalidationrules/{country}",
          "GET profiles/{kind}",
          "GET agreements");

  private UnofferedRoutes() {}

  static List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (String line : ON_CUSTOMER) {
      String[] parts = line.split(" ", 2);
      routes.add(
          Route.onCustomer(
              parts[0],
              "/v1/customers/{customer}/" + parts[1],
              Operation.ASK_FOR_OTHER_SERVICES,
              call -> {
                throw ApiErrors.notOffered();
              }));
    }
    for (String line : ON_PARTNER) {
      String[] parts = line.split(" ", 2);
      routes.add(
          Route.onPartner(
              parts[0],
              "/v1/" + parts[1],
              Operation.ASK_FOR_OTHER_SERVICES,
              call -> {
                throw ApiErrors.notOffered();
              }));
    }
    return routes;
  }
}
