package dev.vidame.server.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.dashboard.Visitor;
import dev.vidame.server.harness.JsonNode;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.http.Route;
import dev.vidame.server.openapi.ApiOperation;
import dev.vidame.wire.JsonBody;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Secrets in every place of every line of the route table: in what varies of its path, in the
 * query, in each member of its body and in each field of its form. What a body has is taken from
 * the document, and what pages ask for from the pages, so a new line is planted by itself, and one
 * that nothing describes is an error. All places of a request are planted at once; in the long
 * tests also one after the other, because the first that is refused hides the others.
 */
final class PlantedRoutes {
  static final String USERS = "/v1/customers/" + Tenancy.CUSTOMER + "/users";
  static final String BILLING =
      """
      {"firstName":"A","lastName":"B","email":"a@a.com","culture":"en-US","language":"en",\
      "companyName":"Given","defaultAddress":{"country":"US","city":"Redmond","state":"WA",\
      "addressLine1":"1 ms way","postalCode":"98052","firstName":"A","lastName":"B",\
      "phoneNumber":"1234567890"}}\
      """;

  /** Names and the like, which are kept, recorded and shown as they are given. */
  private static final Set<String> KEPT =
      Set.of(
          "displayName",
          "firstName",
          "lastName",
          "phoneNumber",
          "immutableId",
          "name",
          "companyName",
          "email",
          "middleName",
          "region",
          "issuer",
          "kid", // of a public key
          "domain",
          "verifiedDomainName", // which an error names
          "skuId", // likewise
          "licensesToRemove",
          "addressLine1",
          "addressLine2",
          "city",
          "postalCode",
          "audience",
          "agentClaim",
          "applicationClaim",
          "clientId",
          "skuPartNumber",
          "serviceName",
          "capabilityStatus",
          "targetType");

  /** Fields of forms that no page shows again. */
  static final Set<String> NEVER_SHOWN = Set.of("password", "otp", "form_token", "sign_in");

  /** The document of a tenant, which names it as it was asked for. */
  private static final String DISCOVERY = "/.well-known/openid-configuration";

  private static final boolean IS_LONG = Boolean.getBoolean("vidame.long");
  private static final Set<String> READS = Set.of("GET", "HEAD");
  private static final Pattern VARIES = Pattern.compile("\\{([a-z]+)}");
  private static final Pattern FIELD =
      Pattern.compile("<(?:input|select|textarea|button)[^>]* name=\"([^\"]+)\"");
  private static final String SKU = "efccb6f7-5641-4e0e-bd10-b4976e1bf68e";

  private final Planting planting;
  private final TestServer server;
  private final String operator;
  private final Visitor admin;
  private final JsonNode document;
  private final Map<String, String> ofOperators;
  private final String formToken;
  private int made;

  /**
   * Prepares.
   *
   * @param operator an operator's secret
   */
  PlantedRoutes(Planting planting, String operator) {
    this.planting = planting;
    this.server = planting.server();
    this.operator = operator;
    this.admin = Visitor.signedIn(server, server.tenancy().agent(Role.ADMIN_AGENT));
    this.formToken =
        String.valueOf(Visitor.hidden(admin.get("/dashboard/customers").text()).get(Visitor.TOKEN));
    this.document = server.send(RawRequest.get("/openapi.json")).json();
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

  /** Plants, in every route. */
  void plant() {
    Map<String, ApiOperation> described =
        ApiOperation.of(document).stream()
            .collect(
                Collectors.toMap(
                    each -> each.method() + " " + each.template(), Function.identity()));
    List<String> unknown = new ArrayList<>();
    Map<String, Set<String>> fields = fieldsOfPages();
    assertThat(fields.values().stream().flatMap(Set::stream))
        .contains("q", "redirectUris", "userPrincipalName", "usageLocation");
    for (Route route : server.server().routes()) {
      ApiOperation operation = described.get(line(route));
      inPath(route);
      if (isPage(route)) {
        inPage(route, fields);
      } else if (operation == null) {
        unknown.add(line(route));
      } else {
        inOperation(route, operation);
      }
    }
    assertThat(unknown).isEmpty();
  }

  private static boolean isPage(Route route) {
    return route.template().startsWith("/dashboard");
  }

  private RawRequest authorized(Route route, RawRequest request) {
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
  private String path(Route route, String but, String instead) {
    return VARIES
        .matcher(route.template())
        .replaceAll(varies ->
            Matcher.quoteReplacement(
                varies.group(1).equals(but) ? instead : id(route, varies.group(1))));
  }

  private String path(Route route) {
    return path(route, "", "");
  }

  private String id(Route route, String name) {
    if (route.access() instanceof Route.ForOperator && ofOperators.containsKey(name)) {
      return String.valueOf(ofOperators.get(name));
    }
    return switch (name) {
      case "customer" -> Tenancy.CUSTOMER.toString();
      case "user" ->
          route.access() instanceof Route.Page && !READS.contains(route.method())
              ? server.tenancy().newUser().toString()
              : Tenancy.USER.toString();
      case "agent" ->
          READS.contains(route.method())
              ? server.tenancy().agent(Role.SALES_AGENT).id().toString()
              : newAgent();
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

  private void receive(Route route, RawRequest request) {
    planting.receive(authorized(route, request));
  }

  /** A page that shows its form again as it was filled in. */
  private static boolean isFormOfTheIssuer(Route route) {
    return route.template().endsWith("/authorize") || route.template().equals("/device");
  }

  private void inPath(Route route) {
    List<String> names =
        VARIES.matcher(route.template()).results().map(varies -> varies.group(1)).toList();
    for (String name : names) {
      String path = path(route, name, planting.plant()) + "?access_token=" + planting.plant();
      RawRequest request = RawRequest.of(route.method(), path);
      planting.receive(
          authorized(route, READS.contains(route.method()) ? request : request.body("{}")),
          route.template().endsWith(DISCOVERY));
    }
  }

  private void inOperation(Route route, ApiOperation operation) {
    if (READS.contains(route.method())) {
      Set<String> names = new TreeSet<>(Set.of("access_token", "x"));
      operation.parameters().stream()
          .filter(parameter -> parameter.place().equals("query"))
          .forEach(parameter -> names.add(parameter.name()));
      for (Set<String> at : turns(names)) {
        RawRequest request = RawRequest.get(path(route) + "?" + Visitor.form(planted(at)));
        planting.receive(authorized(route, request), isFormOfTheIssuer(route));
      }
    } else if (operation.bodyType() == null) {
      if (!route.method().equals("DELETE")) { // whose path was planted, and would do it
        receive(route, RawRequest.of(route.method(), path(route)).body(planting.plant()));
      }
    } else if (operation.bodyType().endsWith("json")) {
      inJson(route, operation);
    } else {
      inForm(route, operation);
    }
  }

  private static <T> List<Set<T>> turns(Set<T> places) {
    List<Set<T>> turns = new ArrayList<>();
    if (!places.isEmpty()) {
      turns.add(places);
    }
    if (IS_LONG) {
      places.forEach(place -> turns.add(Set.of(place)));
    }
    return turns;
  }

  private Map<String, String> planted(Set<String> names) {
    Map<String, String> planted = new LinkedHashMap<>();
    names.forEach(name -> planted.put(name, planting.plant()));
    return planted;
  }

  private JsonNode schema(ApiOperation operation) {
    JsonNode body = operation.body();
    if (body == null) {
      throw new AssertionError(operation.id() + " has no body");
    }
    return ApiOperation.resolved(document, body);
  }

  private void inJson(Route route, ApiOperation operation) {
    JsonNode schema = schema(operation);
    List<String> bodies = new ArrayList<>();
    Set<List<String>> members = new LinkedHashSet<>(members(schema));
    members.removeIf(member ->
        KEPT.contains(member.stream().filter(name -> !name.equals("[]")).toList().getLast()));
    for (Set<List<String>> at : turns(members)) {
      Object body = example(operation, schema);
      for (List<String> member : at) {
        body = with(body, member, planting.plant());
      }
      bodies.add(json(body));
    }
    bodies.addAll(
        List.of(
            planting.plant(),
            "\"" + planting.plant() + "\"",
            "{\"password\":\"" + planting.plant(),
            "{\"unknown\":\"" + planting.plant() + "\"}",
            "{\"" + planting.plant() + "\":1}",
            "[\"" + planting.plant() + "\"]"));
    if (operation.id().equals("adminAddApplicationKey")) {
      bodies.add("{\"jwk\":{\"kty\":\"RSA\",\"e\":\"AQAB\",\"d\":\"" + planting.plant() + "\"}}");
      bodies.add("{\"jwk\":{\"kty\":\"oct\",\"k\":\"" + planting.plant() + "\"}}");
      bodies.add("{\"certificate\":\"-----BEGIN PRIVATE KEY-----\\n" + planting.plant() + "\"}");
    }
    for (String body : bodies) {
      receive(route, RawRequest.of(route.method(), path(route)).body(body));
    }
  }

  /** The paths to all members that have none of their own. */
  private List<List<String>> members(JsonNode reference) {
    JsonNode schema = ApiOperation.resolved(document, reference);
    if (schema.has("items")) {
      return behind("[]", members(schema.get("items")));
    }
    if (!schema.has("properties")) {
      return List.of(List.of());
    }
    List<List<String>> all = new ArrayList<>();
    schema
        .get("properties")
        .members()
        .forEach((name, property) -> all.addAll(behind(name, members(property))));
    return all;
  }

  private static List<List<String>> behind(String name, List<List<String>> members) {
    return members.stream()
        .map(member -> {
          List<String> longer = new ArrayList<>(List.of(name));
          longer.addAll(member);
          return longer;
        })
        .toList();
  }

  /** What the document shows, with names that are new; but for what would leave the customer. */
  private Object example(ApiOperation operation, JsonNode schema) {
    boolean isLeaving = operation.id().equals("removeRelationship");
    return isLeaving || !schema.has("examples")
        ? new LinkedHashMap<String, Object>()
        : plain(schema.get("examples").items().getFirst(), operation.isForOperators());
  }

  private Object plain(JsonNode node, boolean isAgents) {
    return switch (node.value()) {
      case Map<?, ?> any -> {
        Map<String, Object> members = new LinkedHashMap<>();
        node.members()
            .forEach((name, member) -> {
              if (name.equals("userPrincipalName")) {
                members.put(name, "p" + ++made + "@" + (isAgents ? "p.example" : Tenancy.DOMAIN));
              } else if (name.equals("domain") && member.value() instanceof String) {
                members.put(name, "p" + ++made + ".planted.example");
              } else if (member.value() != null) {
                members.put(name, plain(member, isAgents));
              }
            });
        yield members;
      }
      case List<?> any -> {
        List<Object> items = new ArrayList<>();
        node.items().forEach(item -> items.add(plain(item, isAgents)));
        yield items;
      }
      case null -> "";
      case Object other -> other;
    };
  }

  /** The same with something else at one place, which is made where there is none. */
  @SuppressWarnings("unchecked") // made of maps and lists above
  private static Object with(Object base, List<String> member, String planted) {
    if (member.isEmpty()) {
      return planted;
    }
    List<String> rest = member.subList(1, member.size());
    if (member.getFirst().equals("[]")) {
      List<Object> items = new ArrayList<>(base instanceof List ? (List<Object>) base : List.of());
      Object first = items.isEmpty() ? Map.of() : items.removeFirst();
      items.addFirst(with(first, rest, planted));
      return items;
    }
    Map<String, Object> members =
        new LinkedHashMap<>(base instanceof Map ? (Map<String, Object>) base : Map.of());
    Object own = members.getOrDefault(member.getFirst(), Map.of());
    members.put(member.getFirst(), with(own, rest, planted));
    return members;
  }

  @SuppressWarnings("unchecked") // the body is an object
  private static String json(Object body) {
    return new String(JsonBody.write((Map<String, Object>) body), StandardCharsets.UTF_8);
  }

  /** The forms of the issuer, which show again what is no secret. */
  private void inForm(Route route, ApiOperation operation) {
    Map<Boolean, Set<String>> names =
        schema(operation).get("properties").members().keySet().stream()
            .collect(
                Collectors.partitioningBy(
                    name -> isFormOfTheIssuer(route) && !NEVER_SHOWN.contains(name),
                    Collectors.toSet()));
    names.forEach((isEchoed, some) -> {
      for (Set<String> at : turns(some)) {
        for (Map<String, String> good : goodForms(route)) {
          Map<String, String> form = new LinkedHashMap<>(good);
          form.putAll(planted(at));
          RawRequest request = server.tokens().requestAt(path(route), Visitor.form(form));
          planting.receive(authorized(route, request), isEchoed);
        }
      }
    });
  }

  private List<Map<String, String>> goodForms(Route route) {
    Map<String, String> form = new LinkedHashMap<>();
    if (isFormOfTheIssuer(route)) {
      return List.of(Map.of(), Map.of("decision", "allow"));
    }
    form.put("client_id", server.tenancy().confidential().id().toString());
    form.put("client_secret", Tenancy.APPLICATION_SECRET);
    form.put("username", server.tenancy().agent(Role.SALES_AGENT).userPrincipalName());
    form.put("password", Tenancy.AGENT_PASSWORD);
    if (!route.template().endsWith("token")) {
      return List.of(form);
    }
    List<Map<String, String>> forms = new ArrayList<>();
    for (String grant :
        List.of(
            "password",
            "client_credentials",
            "refresh_token",
            "authorization_code",
            "device_code",
            "jwt_token")) {
      Map<String, String> one = new LinkedHashMap<>(form);
      one.put("grant_type", grant);
      forms.add(one);
    }
    return forms;
  }

  /** What the forms of all pages ask for, by where they go. */
  private Map<String, Set<String>> fieldsOfPages() {
    Map<String, Set<String>> fields = new HashMap<>();
    for (Route route : server.server().routes()) {
      if (isPage(route) && route.method().equals("GET")) {
        RawAnswer page = planting.receive(authorized(route, RawRequest.get(path(route))));
        for (Route other : server.server().routes()) {
          if (isPage(other)) {
            fields
                .computeIfAbsent(line(other), any -> new TreeSet<>())
                .addAll(fieldsOfForm(page.text(), other));
          }
        }
      }
    }
    return fields;
  }

  private static String line(Route route) {
    return route.method() + " " + route.template();
  }

  private static Set<String> fields(String html) {
    return FIELD
        .matcher(html)
        .results()
        .map(found -> found.group(1))
        .filter(name -> !KEPT.contains(name) && !name.equals(Visitor.TOKEN))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> fieldsOfForm(String html, Route route) {
    String action = VARIES.matcher(route.template()).replaceAll("[^/\"]+");
    return Pattern.compile("<form[^>]* action=\"" + action + "\".*?</form>", Pattern.DOTALL)
        .matcher(html)
        .results()
        .flatMap(form -> fields(form.group()).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** A page shows what was typed once more, to who typed it. */
  private void inPage(Route route, Map<String, Set<String>> fields) {
    Set<String> own = fields.getOrDefault(line(route), Set.of());
    String path = path(route);
    Map<String, String> all =
        planted(fields.values().stream().flatMap(Set::stream).collect(Collectors.toSet()));
    if (route.method().equals("GET")) {
      get(route, path, all);
      turns(own).forEach(at -> get(route, path, planted(at)));
      return;
    }
    all.put(Visitor.TOKEN, planting.plant());
    post(route, path, all, false);
    if (!route.template().endsWith("/sign-out")) { // the visitor is still needed
      all.put(Visitor.TOKEN, formToken);
      post(route, path, all, true);
      for (Set<String> at : turns(own)) {
        Map<String, String> form = planted(at);
        form.put(Visitor.TOKEN, formToken);
        post(route, path, form, true);
      }
    }
  }

  private void get(Route route, String path, Map<String, String> query) {
    planting.receive(authorized(route, RawRequest.get(path + "?" + Visitor.form(query))), true);
  }

  private void post(Route route, String path, Map<String, String> form, boolean isEchoed) {
    planting.receive(
        authorized(route, server.tokens().requestAt(path, Visitor.form(form))), isEchoed);
  }
}
