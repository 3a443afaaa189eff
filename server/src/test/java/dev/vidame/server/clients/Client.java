package dev.vidame.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.harness.JsonNode;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.harness.TestTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A client that sends what one in use sends, and reads answers as strictly as the strictest does.
 *
 * @param server whom it calls
 * @param token its access token
 * @param headers its headers, for each call anew
 * @param bodyType the content type of its bodies; empty for none
 */
record Client(
    TestServer server, String token, Supplier<Map<String, String>> headers, String bodyType) {
  static final String CUSTOMER = "/v1/customers/" + Tenancy.CUSTOMER;
  static final String USERS = CUSTOMER + "/users";

  /**
   * Statuses on which a client gives up at once or after five attempts. Others hang one of them.
   */
  static final Set<Integer> HARMLESS = Set.of(400, 401, 403, 404, 409);

  /** The values that a client knows; it loses a whole answer for any other one. */
  private static final Map<String, Set<String>> KNOWN =
      Map.of(
          "state", Set.of("active", "inactive"),
          "userDomainType", Set.of("none", "managed", "federated"),
          "relationshipToPartner",
              Set.of("unknown", "none", "reseller", "advisor", "syndication", "microsoftSupport"),
          "licenseGroupId", Set.of("none", "group1", "group2"));

  private static final int NO_CONTENT = 204;

  /** The official Java SDK 1.15.4. */
  static Client java(TestServer server) {
    String correlation = UUID.randomUUID().toString();
    return new Client(
        server,
        server.tokens().admin(),
        () ->
            Map.of(
                "Accept", "application/json",
                "MS-Contract-Version", "v1",
                "MS-CorrelationId", correlation,
                "MS-RequestId", UUID.randomUUID().toString(),
                "X-Locale", "en-US",
                "MS-SdkVersion", "1.15.4",
                "MS-PartnerCenter-Client", "Partner Center Java SDK",
                "x-ms-client-request-id", UUID.randomUUID().toString(),
                "User-Agent", "AutoRest-Java",
                "Accept-Encoding", "gzip"),
        "application/json; charset=utf-8");
  }

  /** The official .NET SDK 3.4.0, and the PowerShell module over it. */
  static Client net(TestServer server) {
    String correlation = UUID.randomUUID().toString();
    return new Client(
        server,
        server.tokens().admin(),
        () ->
            Map.of(
                "Accept", "application/json",
                "MS-CorrelationId", correlation,
                "MS-RequestId", UUID.randomUUID().toString(),
                "X-Locale", "en-US",
                "MS-SdkVersion", "3.4.0",
                "MS-PartnerCenter-Client", "Partner Center .NET SDK",
                "x-ms-client-request-id", UUID.randomUUID().toString()),
        "application/json");
  }

  /** The Node client of pliancy, 6.7.0. */
  static Client node(TestServer server) {
    return new Client(
        server,
        server.tokens().admin(),
        () ->
            Map.of(
                "Accept", "application/json, text/plain, */*",
                "User-Agent", "axios/1.18.1"),
        "application/json");
  }

  Client withToken(String other) {
    return new Client(server, other, headers, bodyType);
  }

  Client withBodyType(String other) {
    return new Client(server, token, headers, other);
  }

  RawRequest request(String method, String target, String body) {
    RawRequest request = RawRequest.of(method, target).body(body).token(token);
    for (Map.Entry<String, String> header : headers.get().entrySet()) {
      request = request.header(header.getKey(), header.getValue());
    }
    boolean hasType = !body.isEmpty() && !bodyType.isEmpty();
    return hasType ? request.header("Content-Type", bodyType) : request;
  }

  /** Sends a call and reads the answer, be it a success or a refusal. */
  RawAnswer send(String method, String target, String body) {
    return read(server.send(request(method, target, body)));
  }

  RawAnswer get(String target) {
    return ok(send("GET", target, ""));
  }

  /** A success, read. */
  static RawAnswer ok(RawAnswer answer) {
    assertThat(answer.status()).as(answer.toString()).isBetween(200, 299);
    return answer;
  }

  private static RawAnswer read(RawAnswer answer) {
    if (answer.status() == NO_CONTENT) {
      assertThat(answer.body()).isEmpty();
    } else {
      read(answer.json());
    }
    return answer;
  }

  private static void read(JsonNode node) {
    switch (node.value()) {
      case Map<?, ?> ignored -> node.members().forEach(Client::readMember);
      case List<?> ignored -> node.items().forEach(Client::read);
      case null, default -> {}
    }
  }

  /** Names are camel case, for a mapper that heeds case, and enum values are known. */
  private static void readMember(String name, JsonNode value) {
    assertThat(name).matches("[a-z][A-Za-z0-9]*");
    Set<String> known = KNOWN.get(name);
    if (known != null) {
      assertThat(value.text()).as(name).isIn(known);
    }
    read(value);
  }

  /** The items of a collection, which says how many they are. */
  static List<JsonNode> items(RawAnswer collection) {
    JsonNode body = ok(collection).json();
    List<JsonNode> items = body.get("items").items();
    assertThat(body.get("totalCount").number()).isEqualTo(items.size());
    return items;
  }

  static List<String> ids(RawAnswer collection) {
    return items(collection).stream().map(item -> item.get("id").text()).toList();
  }

  /**
   * All items of a list, by its links.
   *
   * @param separator what the client puts between its base address and a link
   */
  List<String> walk(String target, String separator) {
    RawAnswer page = get(target);
    List<String> all = new ArrayList<>(ids(page));
    while (page.json().get("links").has("next")) {
      JsonNode link = page.json().get("links").get("next");
      String uri = link.get("uri").text();
      assertThat(uri).startsWith("/customers").doesNotContain("://");
      RawRequest next = request("GET", "/v1" + separator + uri, "");
      for (JsonNode header : link.get("headers").items()) {
        next = next.header(header.get("key").text(), header.get("value").text());
      }
      page = read(server.send(next));
      all.addAll(ids(page));
    }
    return all;
  }

  /** Pages two to the last, by the token alone. */
  List<String> seek(String target, String first) {
    RawAnswer page = get(first);
    List<String> all = new ArrayList<>(ids(page));
    while (page.json().has("continuationToken")) {
      String token = page.json().get("continuationToken").text();
      page =
          read(
              server.send(
                  request("GET", target + "?seekOperation=Next", "")
                      .header("MS-ContinuationToken", token)));
      all.addAll(ids(page));
    }
    return all;
  }

  /**
   * What this client can do wrong with an account: each is answered by a status that hangs nobody,
   * in a body that it can read.
   */
  List<RawAnswer> refusals(String user) {
    String path = USERS + "/" + user;
    List<RawAnswer> refusals =
        List.of(
            send("PATCH", path, "{\"usageLocation\":\"XX\"}"),
            send("PATCH", path, "{\"displayName\":"),
            send("PATCH", path, "{\"state\":\"gone\"}"),
            read(server.send(request("PATCH", path, "{}").header("If-Match", "\"0\""))),
            send("PATCH", path, "{\"userPrincipalName\":\"emailid@" + Tenancy.DOMAIN + "\"}"),
            send("POST", path + "/licenseupdates", "{\"licensesToAssign\":[{\"skuId\":\"none\"}]}"),
            send("GET", USERS + "?seekOperation=Last", ""),
            send("GET", USERS + "/" + UUID.randomUUID(), ""),
            send("GET", "/v1/customers/" + Tenancy.OTHER_CUSTOMER, ""),
            send("DELETE", CUSTOMER, ""),
            withToken("word").send("GET", CUSTOMER, ""),
            withToken(server.tokens().appOnly()).send("GET", USERS, ""));
    for (RawAnswer refusal : refusals) {
      assertThat(refusal.status()).as(refusal.toString()).isIn(HARMLESS);
      JsonNode body = refusal.json();
      assertThat(body.get("code").number()).isPositive();
      assertThat(body.get("description").text()).isNotBlank();
      assertThat(body.get("data").texts()).isNotNull();
      assertThat(body.get("source").text()).isNotBlank();
    }
    return refusals;
  }

  /** A status as the last answer to a token that is over. */
  int statusOfExpired() {
    Map<String, Object> claims = TestTokens.claims(token);
    claims.put("exp", 1_000_000_000L);
    String expired = server.tokens().signed(claims, server.tokens().signingKey());
    return withToken(expired).send("GET", CUSTOMER, "").status();
  }
}
