package dev.vidame.server.clients;

import static dev.vidame.server.clients.Client.CUSTOMER;
import static dev.vidame.server.clients.Client.USERS;
import static dev.vidame.server.clients.Client.ids;
import static dev.vidame.server.clients.Client.items;
import static dev.vidame.server.clients.Client.ok;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.customers.Bodies;
import dev.vidame.server.harness.JsonNode;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.harness.TestTokens;
import dev.vidame.server.licenses.Seats;
import dev.vidame.wire.UserId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The official Java SDK 1.15.4. */
class JavaClientTest {
  @RegisterExtension static final Served served = new Served();

  private static final String HELPDESK = "729827e3-9c14-49f7-bb1b-9608f156bbb8";

  private final Client client = Client.java(served.server());
  private String user = "";

  @BeforeEach
  void start() {
    Seats.define(served.server());
    user = Seats.located(served.server(), served.server().tenancy().newUser()).toString();
  }

  private static String encoded(String json) {
    return URLEncoder.encode(json, StandardCharsets.UTF_8);
  }

  private static String filter(String field, String value, String operator) {
    return encoded(
        "{\"value\":\"%s\",\"field\":\"%s\",\"fieldType\":\"String\",\"operator\":\"%s\"}"
            .formatted(value, field, operator));
  }

  @Test
  @Rows({2, 4, 5, 8, 10, 25, 27})
  void createsAnAccountWithKeysInTwoCasesAtAPathWithASlash() {
    String name = "java." + UUID.randomUUID() + "@" + Tenancy.DOMAIN;

    RawAnswer created =
        client.send(
            "POST",
            USERS + "/",
            """
            {"attributes":{"objectType":"CustomerUser"},"displayName":"D","firstName":"F",\
            "lastName":"L","passwordProfile":{"forceChangePassword":false,"password":"Pw@1Pw@1",\
            "ForceChangePassword":false,"Password":"Pw@1Pw@1"},"userPrincipalName":"%s",\
            "usageLocation":"US"}\
            """
                .formatted(name));

    assertThat(created.status()).isEqualTo(201);
    JsonNode body = created.json();
    assertThat(body.get("userPrincipalName").text()).isEqualTo(name);
    assertThat(body.get("state").text()).isEqualTo("active");
    assertThat(body.get("passwordProfile").get("forceChangePassword").value()).isEqualTo(false);
    UserId id = UserId.of(body.get("id").text());
    assertThat(served.server().tenancy().directory().users().passwordHash(Tenancy.CUSTOMER, id))
        .isPresent();
  }

  @Test
  @Rows({4, 25})
  void resetsAPasswordWithKeysInTwoCases() {
    RawAnswer reset =
        client.send(
            "PATCH",
            USERS + "/" + user,
            """
            {"attributes":{"objectType":"CustomerUser"},"passwordProfile":{\
            "forceChangePassword":true,"password":"Renew456*","ForceChangePassword":true,\
            "Password":"Renew456*"}}\
            """);

    assertThat(reset.status()).isEqualTo(200);
    assertThat(reset.json().get("id").text()).isEqualTo(user);
  }

  @Test
  @Rows({4, 11})
  void givesARoleWithKeysInTwoCases() {
    String members = CUSTOMER + "/directoryroles/" + HELPDESK + "/usermembers";
    String name = Tenancy.nameOf(UserId.of(user));

    RawAnswer added =
        client.send(
            "POST",
            members,
            """
            {"attributes":{"objectType":"UserMember"},"id":"%s","displayName":"D",\
            "userPrincipalName":"%s","DisplayName":"D","UserPrincipalName":"%s"}\
            """
                .formatted(user, name, name));

    assertThat(added.status()).isEqualTo(201);
    assertThat(ids(client.get(USERS + "/" + user + "/directoryroles"))).containsExactly(HELPDESK);
    assertThat(client.send("DELETE", members + "/" + user, "").status()).isEqualTo(204);
    assertThat(ids(client.get(USERS + "/" + user + "/directoryroles"))).isEmpty();
  }

  /** The whole list twice is one assignment. */
  @Test
  @Rows({3, 4, 8, 11, 25})
  void assignsAndRemovesALicenceByListsInTwoCases() {
    String path = USERS + "/" + user;
    int before = consumed();

    RawAnswer assigned =
        client.send(
            "POST",
            path + "/licenseupdates",
            """
            {"attributes":{"objectType":"LicenseUpdate"},\
            "licensesToAssign":[{"skuId":"EMS","SkuId":"EMS"}],\
            "LicensesToAssign":[{"skuId":"EMS","SkuId":"EMS"}]}\
            """
                .replace("EMS", Seats.EMS));

    assertThat(assigned.status()).isEqualTo(201);
    assertThat(assigned.json().get("licensesToAssign").items()).hasSize(1);
    assertThat(assigned.json().get("licenseWarnings").items()).isEmpty();
    assertThat(consumed()).isEqualTo(before + 1);
    assertThat(items(client.get(path + "/licenses?licenseGroupIds=group1&licenseGroupIds=group2")))
        .hasSize(1);
    String remove =
        "{\"licensesToRemove\":[\"EMS\"],\"LicensesToRemove\":[\"EMS\"]}".replace("EMS", Seats.EMS);
    assertThat(client.send("POST", path + "/licenseupdates", remove).status()).isEqualTo(201);
    assertThat(consumed()).isEqualTo(before);
  }

  private int consumed() {
    return items(client.get(CUSTOMER + "/subscribedskus?null=group1")).stream()
        .filter(sku -> sku.get("productSku").get("id").text().equals(Seats.EMS))
        .map(sku -> sku.get("consumedUnits").number())
        .findFirst()
        .orElseThrow();
  }

  @Test
  @Rows(3)
  void losesTheNameOfAParameterAndGetsTheFirstGroup() {
    String skus = CUSTOMER + "/subscribedskus";

    assertThat(client.get(skus + "?null=group1&null=group2").text())
        .isEqualTo(client.get(skus).text());
  }

  @Test
  @Rows({8, 10, 11})
  void readsEveryValueOfEveryAnswer() {
    String gone = served.server().tenancy().newUser().toString();
    assertThat(client.send("DELETE", USERS + "/" + gone, "").status()).isEqualTo(204);
    List<String> reads =
        List.of(
            "/v1/customers",
            CUSTOMER,
            CUSTOMER + "/profiles/company",
            CUSTOMER + "/profiles/billing",
            USERS,
            USERS + "?size=0&filter=" + filter("UserStatus", "Inactive", "Equals"),
            USERS + "/" + user,
            USERS + "/" + gone,
            CUSTOMER + "/subscribedskus",
            CUSTOMER + "/subscribedskus?licenseGroupIds=group2",
            USERS + "/" + user + "/licenses",
            CUSTOMER + "/directoryroles",
            CUSTOMER + "/directoryroles/" + HELPDESK + "/usermembers",
            USERS + "/" + user + "/directoryroles");

    for (String read : reads) {
      RawAnswer answer = client.get(read);
      if (answer.json().has("items")) {
        assertThat(items(answer)).isNotNull();
      }
    }
  }

  @Test
  @Rows({1, 12, 13, 14})
  void followsLinksWithTwoSlashesAndSeeksByTheTokenAlone() {
    List<String> mine = new ArrayList<>();
    String mark = "walk" + UUID.randomUUID().toString().substring(0, 8);
    for (int i = 0; i < 5; i++) {
      String id = served.server().tenancy().newUser().toString();
      String change = "{\"displayName\":\"%s %d\"}".formatted(mark, i);
      ok(client.send("PATCH", USERS + "/" + id, change));
      mine.addFirst(id);
    }
    String query =
        "?size=2&filter="
            + filter("DisplayName", mark, "StartsWith")
            + "&sortField=DisplayName&sortDirection=descending";

    assertThat(client.walk(USERS + query, "/")).isEqualTo(mine);
    assertThat(client.seek(USERS, USERS + query)).isEqualTo(mine);
  }

  @Test
  @Rows(15)
  void sendsTheTokenAsAParameter() {
    served.server().tenancy().newUser();
    RawAnswer first = client.get(USERS + "?size=1");
    String token = first.json().get("continuationToken").text();

    RawAnswer second = client.get(USERS + "?seekOperation=Next&MS-ContinuationToken=" + token);

    assertThat(ids(second)).hasSize(1).doesNotContainAnyElementsOf(ids(first));
  }

  @Test
  @Rows({16, 17})
  void writesABlankAsAPlusAndOperatorsInCapitals() {
    String name = "Rele cloud " + UUID.randomUUID();
    ok(client.send("PATCH", USERS + "/" + user, "{\"displayName\":\"" + name + "\"}"));
    String filter = filter("DisplayName", name.substring(0, 20), "StartsWith");
    assertThat(filter).contains("Rele+cloud+");

    assertThat(ids(client.get(USERS + "?size=0&filter=" + filter))).containsExactly(user);
    assertThat(ids(client.get(USERS + "?size=0&filter=" + filter("DisplayName", name, "Equals"))))
        .containsExactly(user);
    RawAnswer customers =
        client.get("/v1/customers?size=0&filter=" + filter("CompanyName", "Cust", "StartsWith"));
    assertThat(ids(customers)).contains(Tenancy.CUSTOMER.toString());
  }

  /** Five times in a few milliseconds, under one name; then the caller corrects itself. */
  @Test
  @Rows(21)
  void repeatsARefusedRequestFiveTimes() {
    long before = served.server().tenancy().changes();
    RawRequest wrong = client.request("PATCH", USERS + "/" + user, "{\"usageLocation\":\"XX\"}");

    for (int i = 0; i < 5; i++) {
      RawAnswer answer = served.server().send(wrong);
      assertThat(answer.outcome()).isEqualTo("400/3000");
      assertThat(answer.isReplayed()).isFalse();
    }

    assertThat(served.server().tenancy().changes()).isEqualTo(before);
    RawAnswer corrected = served.server().send(wrong.body("{\"usageLocation\":\"DE\"}"));
    assertThat(corrected.outcome()).isEqualTo("200");
    assertThat(served.server().tenancy().changes()).isEqualTo(before + 1);
  }

  @Test
  @Rows({22, 24})
  void isRefusedByStatusesThatItDoesNotRepeatForEver() {
    assertThat(client.refusals(user)).isNotEmpty();
  }

  @Test
  @Rows(27)
  void sendsItsBodiesWithACharset() {
    assertThat(client.bodyType()).contains("charset");
    ok(client.send("PATCH", USERS + "/" + user, "{\"firstName\":\"é\"}"));
    ok(client.withBodyType("").send("PATCH", USERS + "/" + user, "{\"firstName\":\"è\"}"));
  }

  /** The form of its token library, with fields and scopes that say nothing here. */
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
                    + "&client_info=1&scope=openid+profile+offline_access+"
                    + encoded("https://graph.windows.net/.default"))
            .header("Accept", "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2");

    JsonNode answer = served.server().send(request).json();

    assertThat(answer.get("token_type").text()).isEqualTo("Bearer");
    assertThat(answer.get("expires_in").number()).isPositive();
    Object end = TestTokens.claims(answer.get("access_token").text()).get("exp");
    assertThat((Long) end).isGreaterThan(served.server().clock().instant().getEpochSecond());
  }

  @Test
  @Rows(29)
  void isToldThatItsTokenIsOver() {
    assertThat(client.statusOfExpired()).isEqualTo(401);
  }

  @Test
  @Rows(31)
  void asksFiveTimesForADomainThatIsFree() {
    RawRequest free = client.request("HEAD", "/v1/domains/" + Bodies.newDomain(), "");
    for (int i = 0; i < 5; i++) {
      RawAnswer answer = served.server().send(free);
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.body()).isEmpty();
    }
    RawRequest taken = client.request("HEAD", "/v1/domains/" + Tenancy.DOMAIN, "");
    assertThat(served.server().send(taken).status()).isEqualTo(200);
  }

  /** That answers have none is checked wherever an answer is read. */
  @Test
  @Rows(32)
  void mayBeginABodyWithAByteOrderMark() {
    ok(client.send("PATCH", USERS + "/" + user, "\uFEFF{\"firstName\":\"Marked\"}"));

    assertThat(client.get(USERS + "/" + user).json().get("firstName").text()).isEqualTo("Marked");
  }

  /** Of the resource types and operations of its enums, those that this server writes. */
  private static final Set<String> KNOWN_IN_RECORDS =
      Set.of(
          "undefined",
          "customer",
          "customer_user",
          "license",
          "add_customer",
          "delete_customer",
          "remove_partner_customer_relationship",
          "update_customer_billing_profile",
          "create_customer_user",
          "update_customer_user",
          "delete_customer_user",
          "restore_customer_user",
          "update_customer_user_licenses",
          "reset_customer_user_password",
          "update_customer_user_principal_name");

  /** It writes the day of the year where the day of the month belongs. */
  @Test
  @Rows({9, 18})
  void readsRecordsOfChangesOfRolesSinceADayOfTheYear() {
    String members = CUSTOMER + "/directoryroles/" + HELPDESK + "/usermembers";
    ok(client.send("POST", members, "{\"id\":\"" + user + "\"}"));

    List<JsonNode> records =
        items(client.get("/v1/auditrecords?startDate=2026-11-326&endDate=2026-11-326&size=50"));

    assertThat(records).isNotEmpty();
    for (JsonNode record : records) {
      assertThat(KNOWN_IN_RECORDS)
          .contains(record.get("resourceType").text(), record.get("operationType").text());
    }
    assertThat(records.getFirst().get("operationType").text()).isEqualTo("undefined");
    assertThat(records.getFirst().get("customizedData").items().getLast())
        .isEqualTo(
            JsonNode.parse(
                "{\"key\":\"OperationType\",\"value\":\"add_user_member\"}".getBytes(UTF_8)));
  }

  @Test
  @Rows(23)
  void waitsForAnAnswerThatItWouldRepeatAtOnce(@TempDir Path folder) {
    Map<String, String> settings =
        Map.of(
            "limits.partner-requests-per-minute", "1",
            "limits.java-client-hold-milliseconds", "200");
    try (TestServer server = TestServer.start(folder, settings)) {
      Client limited = Client.java(server);
      ok(server.send(limited.request("GET", USERS, "")));
      long start = System.nanoTime();

      RawAnswer refused = server.send(limited.request("GET", USERS, ""));

      assertThat(refused.status()).isEqualTo(429);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }
  }
}
