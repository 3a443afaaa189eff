package dev.vidame.server.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.dashboard.Visitor;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.http.Route;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests that reach what is behind each line of the route table: with ids of what is there, and
 * in the name of somebody who may. Used by one thread.
 */
final class GoodRequests {
  private static final Set<String> READS = Set.of("GET", "HEAD");
  private static final Pattern VARIES = Pattern.compile("\\{([a-z]+)}");
  private static final String SKU = "efccb6f7-5641-4e0e-bd10-b4976e1bf68e";

  private final TestServer server;
  private final String operator;
  private final Visitor admin;
  private final Map<String, String> ofOperators;

  /**
   * Prepares.
   *
   * @param operator an operator's secret
   */
  GoodRequests(TestServer server, String operator) {
    this.server = server;
    this.operator = operator;
    this.admin = Visitor.signedIn(server, server.tenancy().agent(Role.ADMIN_AGENT));
    this.ofOperators = managed();
  }

  /** What operators work on here, so that they take nothing from the others. */
  private Map<String, String> managed() {
    String partners = "/admin/v1/partners";
    Map<String, String> ids = new HashMap<>();
    ids.put("partner", created(partners, "{\"name\":\"Managed\"}"));
    String partner = partners + "/" + ids.get("partner");
    ids.put(
        "agent",
        created(
            partner + "/agents",
            "{\"userPrincipalName\":\"m@managed.example\",\"displayName\":\"M\",\"roles\":[],\"password\":\"Correct-Horse-77\"}"));
    ids.put("application", created(partner + "/applications", "{\"name\":\"Managed\"}"));
    ids.put(
        "issuer",
        created(
            partner + "/issuers",
            "{\"issuer\":\"https://login.example/m\",\"audience\":\"a\",\"jwksUrl\":\"https://login.example/k\"}"));
    ids.put("operator", created("/admin/v1/operators", "{\"name\":\"Managed\"}"));
    return ids;
  }

  private String created(String path, String body) {
    RawAnswer answer = server.send(RawRequest.of("POST", path).body(body).token(operator));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    return answer.json().get("id").text();
  }

  /** Who asks for pages. */
  Visitor admin() {
    return admin;
  }

  static boolean isRead(Route route) {
    return READS.contains(route.method());
  }

  static boolean isPage(Route route) {
    return route.template().startsWith("/dashboard");
  }

  /** What varies in the route's path, in its order. */
  static List<String> parameters(Route route) {
    return VARIES.matcher(route.template()).results().map(varies -> varies.group(1)).toList();
  }

  /** The path with something else in place of each of its parameters. */
  static String pathWithAll(Route route, String instead) {
    return VARIES.matcher(route.template()).replaceAll(instead);
  }

  /** The request in the name of somebody who may. */
  RawRequest authorized(Route route, RawRequest request) {
    return switch (route.access()) {
      case Route.ForOperator() -> request.token(operator);
      case Route.OnCustomer(var _), Route.OnPartner(var _) ->
          request.token(server.tokens().admin());
      case Route.Page(var _, var _) -> admin.asSent(request);
      case Route.Open() ->
          isPage(route)
              ? admin.asSent(request)
              : route.template().endsWith("/generatetoken")
                  ? request.token(server.tokens().admin())
                  : request;
    };
  }

  /** The path with ids of what is there, but for one of them. */
  String path(Route route, String but, String instead) {
    return VARIES
        .matcher(route.template())
        .replaceAll(varies ->
            Matcher.quoteReplacement(
                varies.group(1).equals(but) ? instead : id(route, varies.group(1))));
  }

  String path(Route route) {
    return path(route, "", "");
  }

  private String id(Route route, String name) {
    if (route.access() instanceof Route.ForOperator && ofOperators.containsKey(name)) {
      return String.valueOf(ofOperators.get(name));
    }
    return switch (name) {
      case "customer" -> Tenancy.CUSTOMER.toString();
      case "user" ->
          route.access() instanceof Route.Page && !isRead(route)
              ? server.tenancy().newUser().toString()
              : Tenancy.USER.toString();
      case "agent" ->
          isRead(route) ? server.tenancy().agent(Role.SALES_AGENT).id().toString() : newAgent();
      case "application" -> newApplication();
      case "tenant" -> Tenancy.PARTNER.toString();
      case "role" -> "729827e3-9c14-49f7-bb1b-9608f156bbb8";
      case "sku" -> SKU;
      case "granularrole" -> "helpdesk_agent";
      case "domain" -> "free.example";
      case "country" -> "FR";
      default -> new UUID(0, 7).toString();
    };
  }

  private String newAgent() {
    AgentId id = new AgentId(UUID.randomUUID());
    return server
        .server()
        .directory()
        .partners()
        .createAgent(
            new Agent(id, Tenancy.PARTNER, id + "@first.example", "Somebody", Set.of()),
            Tenancy.AGENT_PASSWORD)
        .id()
        .toString();
  }

  private String newApplication() {
    ApplicationId id = new ApplicationId(UUID.randomUUID());
    return server
        .server()
        .directory()
        .partners()
        .createApplication(
            new Application(id, Tenancy.PARTNER, "App", true), Tenancy.APPLICATION_SECRET)
        .id()
        .toString();
  }
}
