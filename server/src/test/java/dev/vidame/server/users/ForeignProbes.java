package dev.vidame.server.users;

import dev.vidame.directory.partners.Role;
import dev.vidame.server.dashboard.Visitor;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.http.Route;
import dev.vidame.server.users.ForeignIds.Named;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Requests of the first partner that name something of these ids, in every place that takes one.
 * All else about a request comes from its random numbers, so that the same request can be made with
 * other ids.
 */
final class ForeignProbes {
  private static final String OWN = "/v1/customers/" + Tenancy.CUSTOMER;
  private static final String OWN_PAGE = "/dashboard/customers/" + Tenancy.CUSTOMER;
  private static final String ROLE = "62e90394-69f5-4237-9190-012177145e10";
  private static final List<String> METHODS = List.of("GET", "PATCH", "DELETE", "POST", "PUT");

  /** One in so many is asked with any method. */
  private static final int WRONG_METHOD = 4;

  /** One in so many asks for records by what makes the server read all of them. */
  private static final int READS_ALL = 16;

  private static final List<String> OF_USER =
      List.of(
          "GET /users/{user}",
          "PATCH /users/{user}",
          "DELETE /users/{user}",
          "PATCH /users/{user}/resetpassword",
          "GET /users/{user}/directoryroles",
          "GET /users/{user}/licenses",
          "POST /users/{user}/licenseupdates",
          "DELETE /directoryroles/" + ROLE + "/usermembers/{user}");

  private static final List<String> OF_CUSTOMER =
      Stream.concat(
              OF_USER.stream(),
              Stream.of(
                  "GET ",
                  "PATCH ",
                  "DELETE ",
                  "GET /users",
                  "POST /users",
                  "PATCH /users",
                  "GET /directoryroles",
                  "GET /directoryroles/" + ROLE + "/usermembers",
                  "POST /directoryroles/" + ROLE + "/usermembers",
                  "GET /subscribedskus",
                  "GET /profiles/company",
                  "GET /profiles/billing",
                  "PUT /profiles/billing",
                  "POST /verifieddomain",
                  "GET /changes",
                  "GET /changes?since={feed}"))
          .toList();

  /** Where a request names what is not its partner's. */
  enum Kind {
    CUSTOMER_OF_PATH,
    USER_OF_PATH,
    USER_OF_BODY,
    MEMBER_OF_BODY,
    LICENSE_OF_BODY,
    REVERTED,
    FILTER_OF_USERS,
    FILTER_OF_CUSTOMERS,
    FILTER_OF_RECORDS,
    RECORD_OF_PATH,
    CURSOR_OF_HEADER,
    CURSOR_OF_QUERY,
    CURSOR_OF_FEED,
    OF_APPLICATION_ALONE,
    PAGE,
    FORM
  }

  private static final List<Kind> OF_API =
      List.copyOf(
          EnumSet.complementOf(EnumSet.of(Kind.OF_APPLICATION_ALONE, Kind.PAGE, Kind.FORM)));

  private final TestServer server;
  private final String cookie;
  private final String formToken;
  private final List<String> pages;
  private final List<String> forms;

  /** Requests to a server, of its first partner's admin agent and application. */
  ForeignProbes(TestServer server) {
    this.server = server;
    Visitor visitor = Visitor.signedIn(server, server.tenancy().agent(Role.ADMIN_AGENT));
    formToken =
        String.valueOf(
            Visitor.hidden(visitor.get("/dashboard/customers").text()).get("form_token"));
    cookie = "vidame-session=" + visitor.cookies().get("vidame-session");
    pages = templates("GET");
    forms = templates("POST");
  }

  /** Pages whose address names somebody or something, or whose form does. */
  private List<String> templates(String method) {
    return server.server().routes().stream()
        .filter(route -> route.access() instanceof Route.Page && route.method().equals(method))
        .map(Route::template)
        .filter(template -> template.contains("{"))
        .toList();
  }

  RawRequest of(Kind kind, Random random, ForeignIds ids) {
    UUID request = new UUID(random.nextLong(), random.nextLong());
    return switch (kind) {
      case PAGE -> ofBrowser(RawRequest.get(page(random, ids)));
      case FORM -> ofBrowser(form(random, ids, request));
      case OF_APPLICATION_ALONE ->
          api(OF_API.get(random.nextInt(OF_API.size())), random, ids)
              .id(request)
              .token(server.tokens().appOnly());
      default -> api(kind, random, ids).id(request).token(server.tokens().admin());
    };
  }

  /** What the browser of the agent asks for. */
  RawRequest ofBrowser(RawRequest request) {
    return request.header("Accept", "text/html").header("Cookie", cookie);
  }

  private static RawRequest api(Kind kind, Random random, ForeignIds ids) {
    String user = random.nextBoolean() ? ids.of(Named.USER) : ids.of(Named.USER_NAME);
    String others = "/v1/customers/" + ids.of(Named.CUSTOMER);
    String stolen = "{\"id\":\"" + ids.of(Named.USER) + "\",\"displayName\":\"Stolen\"}";
    return switch (kind) {
      case CUSTOMER_OF_PATH ->
          withBody(others, filled(one(OF_CUSTOMER, random), ids, user), stolen, random);
      case USER_OF_PATH ->
          withBody(
              OWN, filled(one(OF_USER, random), ids, user), "{\"displayName\":\"Stolen\"}", random);
      case USER_OF_BODY -> withBody("PATCH", OWN + "/users", stolen);
      case MEMBER_OF_BODY ->
          withBody("POST", OWN + "/directoryroles/" + ROLE + "/usermembers", member(random, ids));
      case LICENSE_OF_BODY ->
          withBody(
              "POST",
              OWN + "/users/" + Tenancy.USER + "/licenseupdates",
              licenses(random, ids.of(Named.SKU)));
      case REVERTED ->
          withBody(
              "POST",
              "/vidame"
                  + (random.nextBoolean() ? OWN : others)
                  + "/users/"
                  + user
                  + "/revert"
                  + (random.nextBoolean() ? "?preview=true" : ""),
              "{\"toSeq\":" + random.nextInt(3) + "}");
      case FILTER_OF_USERS ->
          RawRequest.get(
              OWN
                  + "/users?filter="
                  + filter("UserPrincipalName", random.nextBoolean() ? user : "a", "starts_with"));
      case FILTER_OF_CUSTOMERS ->
          RawRequest.get("/v1/customers?filter=" + filterOfCustomers(random, ids));
      case FILTER_OF_RECORDS ->
          RawRequest.get("/v1/auditrecords?size=5&filter=" + filterOfRecords(random, ids));
      case RECORD_OF_PATH -> RawRequest.get("/v1/auditrecords/" + ids.of(Named.RECORD));
      case CURSOR_OF_HEADER ->
          RawRequest.get(OWN + "/users?seekOperation=Next")
              .header("MS-ContinuationToken", ids.of(Named.PAGE_CURSOR));
      case CURSOR_OF_QUERY ->
          RawRequest.get(
              one(List.of(OWN + "/users", "/v1/customers", others + "/users"), random)
                  + "?seekOperation=Next&MS-ContinuationToken="
                  + ids.of(Named.PAGE_CURSOR));
      case CURSOR_OF_FEED ->
          RawRequest.get(
              OWN + "/changes?size=" + random.nextInt(9) + "&since=" + ids.of(Named.FEED_CURSOR));
      default -> throw new IllegalArgumentException(kind + " is not asked of the API");
    };
  }

  private static String filled(String line, ForeignIds ids, String user) {
    return line.replace("{user}", user).replace("{feed}", ids.of(Named.FEED_CURSOR));
  }

  /** A method and what follows the customer, as a line; sometimes with another method. */
  private static RawRequest withBody(String customer, String line, String body, Random random) {
    String[] parts = line.split(" ", 2);
    String method = random.nextInt(WRONG_METHOD) == 0 ? one(METHODS, random) : parts[0];
    return withBody(method, customer + parts[1], body);
  }

  private static RawRequest withBody(String method, String target, String body) {
    return RawRequest.of(method, target)
        .header("Content-Type", "application/json")
        .body(method.equals("GET") ? "" : body);
  }

  private static String member(Random random, ForeignIds ids) {
    return one(
            List.of(
                "{\"id\":\"USER\"}",
                "{\"userPrincipalName\":\"NAME\"}",
                "{\"id\":\"USER\",\"roleId\":\"" + ROLE + "\",\"displayName\":\"Stolen\"}"),
            random)
        .replace("USER", ids.of(Named.USER))
        .replace("NAME", ids.of(Named.USER_NAME));
  }

  private static String licenses(Random random, String sku) {
    return one(
            List.of(
                "{\"licensesToAssign\":[{\"skuId\":\"SKU\"}]}",
                "{\"licensesToAssign\":[{\"skuId\":\"SKU\",\"excludedPlans\":[\"SKU\"]}],\"licensesToRemove\":[]}",
                "{\"licensesToAssign\":[{\"skuId\":\"SKU\"}],\"licensesToRemove\":[\"SKU\"]}"),
            random)
        .replace("SKU", sku);
  }

  private static String filterOfCustomers(Random random, ForeignIds ids) {
    boolean isByDomain = random.nextBoolean();
    return filter(
        isByDomain
            ? one(List.of("Domain", "DefaultDomainName"), random)
            : one(List.of("CompanyName", "displayName"), random),
        ids.of(isByDomain ? Named.DOMAIN : Named.COMPANY),
        one(List.of("starts_with", "equals"), random));
  }

  private static String filterOfRecords(Random random, ForeignIds ids) {
    return random.nextInt(READS_ALL) > 0
        ? filter("CustomerId", ids.of(Named.CUSTOMER), "equals")
        : one(
            List.of(
                filter("CompanyName", ids.of(Named.COMPANY), "substring"),
                filter("UserPrincipalName", ids.of(Named.AGENT_NAME), "equals")),
            random);
  }

  private static String filter(String field, String value, String operator) {
    return encoded(
        "{\"Field\":\"%s\",\"Value\":\"%s\",\"Operator\":\"%s\"}"
            .formatted(field, value, operator));
  }

  private String page(Random random, ForeignIds ids) {
    if (random.nextBoolean()) {
      return filled(one(pages, random), random, ids);
    }
    String name = encoded(ids.of(Named.USER_NAME));
    String agent = encoded(ids.of(Named.AGENT_NAME));
    String customer = ids.of(Named.CUSTOMER);
    return one(
        List.of(
            "/dashboard/customers?q=" + ids.of(Named.DOMAIN),
            "/dashboard/customers?q=" + customer,
            "/dashboard/customers?q=" + encoded(ids.of(Named.COMPANY)),
            OWN_PAGE + "/users?state=all&q=" + name,
            OWN_PAGE + "/users?state=all&license=" + ids.of(Named.SKU),
            "/dashboard/records?what=customer.create&customer=" + customer,
            "/dashboard/records?who=" + agent,
            "/dashboard/agents?q=" + agent,
            "/dashboard/applications?q=" + ids.of(Named.APPLICATION),
            "/dashboard/why?operation=get_user&customer=" + customer,
            "/dashboard/why/agent?operation=get_user&agent=" + agent + "&customer=" + customer,
            "/dashboard/why/agent?operation=get_user&agent="
                + ids.of(Named.AGENT)
                + "&customer="
                + Tenancy.CUSTOMER),
        random);
  }

  /** A page about others' customers, or about others' accounts as if they were the own one's. */
  private static String filled(String template, Random random, ForeignIds ids) {
    boolean namesMore = template.contains("{user}") || template.contains("/selected");
    String customer =
        namesMore && random.nextBoolean() ? Tenancy.CUSTOMER.toString() : ids.of(Named.CUSTOMER);
    return template
        .replace("{customer}", customer)
        .replace("{user}", ids.of(Named.USER))
        .replace("{agent}", ids.of(Named.AGENT))
        .replace("{application}", ids.of(Named.APPLICATION))
        .replaceAll("\\{[a-z]+}", new UUID(random.nextLong(), random.nextLong()).toString());
  }

  private RawRequest form(Random random, ForeignIds ids, UUID request) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("form_token", formToken);
    fields.put("request", request.toString());
    fields.put("version", "1");
    fields.put("was.displayName", "Display name");
    fields.put("displayName", "Stolen");
    fields.put("name", "Stolen");
    fields.put("role", ROLE);
    fields.put("sku", ids.of(Named.SKU));
    fields.put("customer", ids.of(Named.CUSTOMER));
    fields.put("page", ids.of(Named.USER));
    fields.put("user", ids.of(Named.USER));
    fields.put("all", "on");
    return RawRequest.of("POST", filled(one(forms, random), random, ids))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(Visitor.form(fields));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static <T> T one(List<T> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }
}
