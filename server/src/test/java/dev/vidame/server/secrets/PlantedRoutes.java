package dev.vidame.server.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.dashboard.Visitor;
import dev.vidame.server.harness.JsonNode;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.http.Route;
import dev.vidame.server.openapi.ApiOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Secrets in every place of every line of the route table: in what varies of its path, in the
 * query, in each member of its body and in each field of its form. What a body has is taken from
 * the document, and what pages ask for from the pages, so a new line is planted by itself, and one
 * that nothing describes is an error.
 */
final class PlantedRoutes {
  /** The document of a tenant, which names it as it was asked for. */
  private static final String DISCOVERY = "/.well-known/openid-configuration";

  private final Planting planting;
  private final TestServer server;
  private final JsonNode document;
  private final GoodRequests requests;
  private final PlantedBodies bodies;
  private final PlantedForms forms;
  private final PlantedPages pages;

  /**
   * Prepares.
   *
   * @param operator an operator's secret
   */
  PlantedRoutes(Planting planting, String operator) {
    this.planting = planting;
    this.server = planting.server();
    this.document = server.send(RawRequest.get("/openapi.json")).json();
    this.requests = new GoodRequests(server, operator);
    this.bodies = new PlantedBodies(planting, document);
    this.forms = new PlantedForms(planting, requests);
    this.pages = new PlantedPages(planting, requests);
  }

  /** Plants, in every route. */
  void plant() {
    Map<String, ApiOperation> described =
        ApiOperation.of(document).stream()
            .collect(
                Collectors.toMap(
                    each -> each.method() + " " + each.template(), Function.identity()));
    List<String> unknown = new ArrayList<>();
    for (Route route : server.server().routes()) {
      ApiOperation operation = described.get(line(route));
      inPath(route);
      if (GoodRequests.isPage(route)) {
        pages.plant(route);
      } else if (operation == null) {
        unknown.add(line(route));
      } else {
        inOperation(route, operation);
      }
    }
    assertThat(unknown).isEmpty();
  }

  /** A line of the route table, as the document names it. */
  static String line(Route route) {
    return route.method() + " " + route.template();
  }

  private void receive(Route route, RawRequest request) {
    planting.receive(requests.authorized(route, request));
  }

  private void inPath(Route route) {
    for (String name : GoodRequests.parameters(route)) {
      String path =
          requests.path(route, name, planting.plant()) + "?access_token=" + planting.plant();
      RawRequest request = RawRequest.of(route.method(), path);
      planting.receive(
          requests.authorized(route, GoodRequests.isRead(route) ? request : request.body("{}")),
          route.template().endsWith(DISCOVERY));
    }
  }

  private void inOperation(Route route, ApiOperation operation) {
    if (GoodRequests.isRead(route)) {
      Set<String> names = new TreeSet<>(Set.of("access_token", "x"));
      operation.parameters().stream()
          .filter(parameter -> parameter.place().equals("query"))
          .forEach(parameter -> names.add(parameter.name()));
      for (Set<String> at : Planting.turns(names)) {
        RawRequest request =
            RawRequest.get(requests.path(route) + "?" + Visitor.form(planting.plant(at)));
        planting.receive(
            requests.authorized(route, request), PlantedForms.isFormOfTheIssuer(route));
      }
    } else if (operation.bodyType() == null) {
      if (!route.method().equals("DELETE")) { // whose path was planted, and would do it
        receive(route, RawRequest.of(route.method(), requests.path(route)).body(planting.plant()));
      }
    } else if (operation.bodyType().endsWith("json")) {
      for (String body : bodies.of(operation)) {
        receive(route, RawRequest.of(route.method(), requests.path(route)).body(body));
      }
    } else {
      JsonNode form = PlantedBodies.schema(document, operation);
      forms.plant(route, form.get("properties").members().keySet());
    }
  }
}
