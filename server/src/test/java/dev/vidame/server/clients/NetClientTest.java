package dev.vidame.server.clients;

import static dev.vidame.server.clients.Client.CUSTOMER;
import static dev.vidame.server.clients.Client.USERS;
import static dev.vidame.server.clients.Client.ids;
import static dev.vidame.server.clients.Client.items;
import static dev.vidame.server.clients.Client.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.customers.Bodies;
import dev.vidame.server.harness.JsonNode;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawConnection;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.harness.TestTokens;
import dev.vidame.server.licenses.Seats;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The official .NET SDK 3.4.0. */
class NetClientTest {
  @RegisterExtension static final Served served = new Served();

  /** Every property, what is unset as null; enums cannot be unset. */
  private static final String WHOLE =
      "{\"UsageLocation\":null,\"Id\":null,\"UserPrincipalName\":NAME,\"FirstName\":null,"
          + "\"LastName\":null,\"DisplayName\":DISPLAY,\"PasswordProfile\":PASSWORD,"
          + "\"LastDirectorySyncTime\":null,\"UserDomainType\":\"none\",\"State\":\"active\","
          + "\"SoftDeletionTime\":null,\"Attributes\":{\"ObjectType\":\"CustomerUser\"}}";

  private final Client client = Client.net(served.server());
  private String user = "";

  @BeforeEach
  void start() {
    Seats.define(served.server());
    user = Seats.located(served.server(), served.server().tenancy().newUser()).toString();
  }

  /** A whole body; null for what is unset. */
  private static String whole(String name, String display, String password) {
    return WHOLE.replace("NAME", name).replace("DISPLAY", display).replace("PASSWORD", password);
  }

  private static String encoded(String json) {
    return URLEncoder.encode(json, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String filter(String field, String value, String operator) {
    return "{\"Field\":\"%s\",\"Value\":\"%s\",\"Operator\":\"%s\"}"
        .formatted(field, value, operator);
  }

  @Test
  @Rows({2, 5, 8, 20, 25, 27})
  void createsAnAccountWithNamesInCapitals() {
    String name = "net." + UUID.randomUUID() + "@" + Tenancy.DOMAIN;

    RawAnswer created =
        client.send(
            "POST",
            USERS + "/",
            whole(
                "\"" + name + "\"",
                "\"D\"",
                "{\"ForceChangePassword\":true,\"Password\":\"abCD123*\"}"));

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.json().get("userPrincipalName").text()).isEqualTo(name);
    assertThat(created.json().get("state").text()).isEqualTo("active");
  }

  @Test
  @Rows({5, 6, 7, 8})
  void changesOnePropertyAndLeavesTheRestAlone() {
    JsonNode before = client.get(USERS + "/" + user).json();

    RawAnswer changed =
        client.send("PATCH", USERS + "/" + user, whole("null", "\"Changed\"", "null"));

    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.json().members().keySet()).isEqualTo(before.members().keySet());
    for (String kept : List.of("usageLocation", "userPrincipalName", "firstName", "lastName")) {
      assertThat(changed.json().get(kept)).isEqualTo(before.get(kept));
    }
    assertThat(changed.json().get("displayName").text()).isEqualTo("Changed");
  }

  @Test
  @Rows({6, 7, 25})
  void deletesAndRestoresByTheSameBody() {
    JsonNode before = client.get(USERS + "/" + user).json();
    assertThat(client.send("DELETE", USERS + "/" + user, "").status()).isEqualTo(204);

    RawAnswer restored = client.send("PATCH", USERS + "/" + user, whole("null", "null", "null"));

    assertThat(restored.status()).isEqualTo(200);
    assertThat(restored.json()).isEqualTo(before);
  }

  @Test
  @Rows({3, 5, 11, 25})
  void assignsALicenceAndAsksByGroup() {
    RawAnswer assigned =
        client.send(
            "POST",
            USERS + "/" + user + "/licenseupdates",
            """
            {"LicensesToAssign":[{"ExcludedPlans":null,"SkuId":"%s"}],"LicensesToRemove":null,\
            "LicenseWarnings":null,"Attributes":{"ObjectType":"LicenseUpdate"}}\
            """
                .formatted(Seats.EMS));

    assertThat(assigned.status()).isEqualTo(201);
    assertThat(items(client.get(USERS + "/" + user + "/licenses?licenseGroupIds=Group1&x=y")))
        .hasSize(1);
    assertThat(items(client.get(USERS + "/" + user + "/licenses?licenseGroupIds=Group2")))
        .isEmpty();
    assertThat(items(client.get(CUSTOMER + "/subscribedskus?licenseGroupIds=Group2"))).hasSize(1);
  }

  @Test
  @Rows({12, 13, 14, 15})
  void followsLinksAndSeeksByTheTokenAlone() {
    List<String> mine = new ArrayList<>();
    String mark = "walk" + UUID.randomUUID().toString().substring(0, 8);
    for (int i = 0; i < 5; i++) {
      String id = served.server().tenancy().newUser().toString();
      ok(
          client.send(
              "PATCH", USERS + "/" + id, whole("null", "\"%s %d\"".formatted(mark, i), "null")));
      mine.addFirst(id);
    }
    String query =
        "?size=2&filter="
            + encoded(filter("DisplayName", mark, "starts_with"))
            + "&sortField=DisplayName&sortDirection=Descending";

    assertThat(client.walk(USERS + query, "")).isEqualTo(mine);
    assertThat(client.seek(USERS, USERS + query)).isEqualTo(mine);
  }

  @Test
  @Rows({16, 19})
  void filtersInCapitalsEncodedOrNot() {
    assertThat(client.send("DELETE", USERS + "/" + user, "").status()).isEqualTo(204);
    String deleted = filter("UserState", "Inactive", "equals");

    assertThat(ids(client.get(USERS + "?size=0&filter=" + encoded(deleted)))).contains(user);
    assertThat(ids(client.get(USERS + "?size=0&filter=" + deleted))).contains(user);
    String search = filter("CompanyName", "Cust", "starts_with");
    assertThat(ids(client.get("/v1/customers?size=0&filter=" + search)))
        .isEqualTo(ids(client.get("/v1/customers?size=0&filter=" + encoded(search))))
        .contains(Tenancy.CUSTOMER.toString());
  }

  @Test
  @Rows({22, 24})
  void isRefusedByStatusesThatItDoesNotRepeat() {
    assertThat(client.refusals(user)).isNotEmpty();
  }

  @Test
  @Rows(26)
  void waitsForTheServerToAskForTheBody() throws IOException {
    RawRequest request =
        client
            .request("PATCH", USERS + "/" + user, whole("null", "\"Asked for\"", "null"))
            .header("Expect", "100-continue");

    try (RawConnection connection = served.server().connect()) {
      connection.send(request.head());
      assertThat(connection.read().status()).isEqualTo(100);
      connection.send(request.body());
      assertThat(connection.read().json().get("displayName").text()).isEqualTo("Asked for");
    }
  }

  @Test
  @Rows(27)
  void sendsItsBodiesWithoutACharset() {
    assertThat(client.bodyType()).doesNotContain("charset");
    ok(client.send("PATCH", USERS + "/" + user, whole("null", "\"é\"", "null")));
    ok(client.withBodyType("").send("PATCH", USERS + "/" + user, whole("null", "\"è\"", "null")));
  }

  @Test
  @Rows(28)
  void getsATokenThatSaysWhenItEnds() {
    RawRequest request =
        served
            .server()
            .tokens()
            .requestAt(
                "/" + Tenancy.PARTNER + "/oauth2/v2.0/token",
                served.server().tokens().applicationForm()
                    + "&scope="
                    + encoded("https://graph.windows.net/.default"));

    JsonNode answer = served.server().send(request).json();

    assertThat(answer.get("expires_in").number()).isPositive();
    assertThat(TestTokens.claims(answer.get("access_token").text())).containsKey("exp");
  }

  @Test
  @Rows(29)
  void isToldThatItsTokenIsOver() {
    assertThat(client.statusOfExpired()).isEqualTo(401);
  }

  @Test
  @Rows(31)
  void asksForADomain() {
    RawRequest free = client.request("HEAD", "/v1/domains/" + Bodies.newDomain(), "");
    RawRequest taken = client.request("HEAD", "/v1/domains/" + Tenancy.DOMAIN, "");

    assertThat(served.server().send(free).status()).isEqualTo(404);
    assertThat(served.server().send(free).body()).isEmpty();
    assertThat(served.server().send(taken).status()).isEqualTo(200);
  }

  /** That answers have none is checked wherever an answer is read. */
  @Test
  @Rows(32)
  void mayBeginABodyWithAByteOrderMark() {
    RawAnswer answer =
        client.send("PATCH", USERS + "/" + user, "\uFEFF" + whole("null", "\"M\"", "null"));

    assertThat(ok(answer).json().get("displayName").text()).isEqualTo("M");
  }

  /** It leaves the colons and commas of this one parameter as they are. */
  @Test
  @Rows(18)
  void readsRecordsSinceADateInTheAmericanForm() {
    ok(client.send("PATCH", USERS + "/" + user, whole("null", "\"Told\"", "null")));
    String filter = filter("CustomerId", Tenancy.CUSTOMER.toString(), "equals");

    List<JsonNode> records =
        items(
            client.get(
                "/v1/auditrecords?startDate=11/22/2026%2000:00:00&size=1&filter="
                    + filter.replace("{", "%7B").replace("}", "%7D").replace("\"", "%22")));

    assertThat(records).hasSize(1);
    assertThat(records.getFirst().get("operationType").text()).isEqualTo("update_customer_user");
  }

  /** It looks for the wait in the header only where the body is none of the service's own. */
  @Test
  @Rows(23)
  void isToldWhenToTryAgain(@TempDir Path folder) {
    try (TestServer server =
        TestServer.start(folder, Map.of("limits.partner-requests-per-minute", "1"))) {
      Client limited = Client.net(server);
      ok(server.send(limited.request("GET", USERS, "")));

      RawAnswer refused = server.send(limited.request("GET", USERS, ""));

      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.header("Retry-After")).isEqualTo("60");
      assertThat(refused.json().get("statusCode").number()).isEqualTo(429);
      assertThat(refused.json().has("code")).isFalse();
      assertThat(refused.json().has("description")).isFalse();
    }
  }
}
