package dev.vidame.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.JsonNode;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.wire.UserId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The routes of audit records (wire-spec §6). */
class AuditRoutesTest {
  private static final String RECORDS = "/v1/auditrecords";
  private static final String FOUNDING = TestServer.foundingPath();
  private static final String ROLE = "729827e3-9c14-49f7-bb1b-9608f156bbb8";
  private static final String MEMBERS =
      "/v1/customers/" + Tenancy.CUSTOMER + "/directoryroles/" + ROLE + "/usermembers";

  @TempDir private Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private RawAnswer send(String method, String path, String body) {
    RawRequest request = RawRequest.of(method, path);
    return ask(body.isEmpty() ? request : request.body(body.replace('`', '"')));
  }

  /** With a token of now, because some tests move the clock. */
  private RawAnswer ask(RawRequest request) {
    return server.send(request.token(server.tokens().of(Role.ADMIN_AGENT)));
  }

  private RawAnswer list(String query) {
    return ask(RawRequest.get(RECORDS + query));
  }

  private List<JsonNode> records(String query) {
    RawAnswer answer = list(query);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().get("items").items();
  }

  private static String filter(String field, String operator, String value) {
    String json =
        "{\"Field\":\"%s\",\"Value\":\"%s\",\"Operator\":\"%s\"}".formatted(field, value, operator);
    return "?filter=" + URLEncoder.encode(json, StandardCharsets.UTF_8);
  }

  private static List<String> operations(List<JsonNode> records) {
    return records.stream().map(record -> record.get("operationType").text()).toList();
  }

  private JsonNode newest() {
    return records("?size=1").getFirst();
  }

  private static Map<String, String> facts(JsonNode record) {
    Map<String, String> facts = new HashMap<>();
    record
        .get("customizedData")
        .items()
        .forEach(item -> facts.put(item.get("key").text(), item.get("value").text()));
    return facts;
  }

  @Test
  void eachThingThatARequestDidHasARecord() {
    int before = records("").size();

    send(
        "PATCH",
        FOUNDING,
        "{`displayName`:`New`,`userPrincipalName`:`new@"
            + Tenancy.DOMAIN
            + "`,"
            + "`passwordProfile`:{`password`:`Secret-Pass-77`,`forceChangePassword`:false}}");

    List<JsonNode> records = records("");
    assertThat(records).hasSize(before + 3);
    assertThat(operations(records).subList(0, 3))
        .containsExactly(
            "reset_customer_user_password",
            "update_customer_user_principal_name",
            "update_customer_user");
    assertThat(records.get(0).get("resourceNewValue").text())
        .isEqualTo(
            value("{`Id`:`USER`,`PasswordProfile`:{`Password`:``,`ForceChangePassword`:false}"));
    assertThat(facts(records.get(1)))
        .containsEntry("CustomerUserId", Tenancy.USER.toString())
        .containsEntry("OldUserPrincipalName", "emailid@" + Tenancy.DOMAIN)
        .containsEntry("NewUserPrincipalName", "new@" + Tenancy.DOMAIN);
    assertThat(records.get(2).get("resourceOldValue").text())
        .isEqualTo(value("{`Id`:`USER`,`DisplayName`:`Display name`"));
    assertThat(records.get(2).get("resourceNewValue").text())
        .isEqualTo(value("{`Id`:`USER`,`DisplayName`:`New`"));
    assertThat(list("").text()).doesNotContain("Secret-Pass-77");
  }

  private static String value(String start) {
    return (start + ",`Attributes`:{`ObjectType`:`CustomerUser`}}")
        .replace('`', '"')
        .replace("USER", Tenancy.USER.toString());
  }

  @Test
  void everyOperationOnAnAccountIsTold() {
    UserId user = server.tenancy().newUser();
    String path = TestServer.path(Tenancy.CUSTOMER, user);
    send("PATCH", path, "{`firstName`:``}");
    send("PATCH", path + "/resetpassword", "{`passwordProfile`:{`password`:`Secret-Pass-77`}}");
    send("POST", MEMBERS, "{`id`:`" + user + "`}");
    send("DELETE", MEMBERS + "/" + user, "");
    send("DELETE", path, "");
    send("PATCH", path, "{`state`:`active`,`lastName`:`Restored`}");

    List<JsonNode> records = records("");

    assertThat(operations(records).subList(0, 8))
        .containsExactly(
            "update_customer_user",
            "restore_customer_user",
            "delete_customer_user",
            "remove_user_member",
            "add_user_member",
            "reset_customer_user_password",
            "update_customer_user",
            "create_customer_user");
    assertThat(records.get(4).get("resourceType").text()).isEqualTo("customer_directory_role");
    assertThat(facts(records.get(4)))
        .containsEntry("CustomerUserId", user.toString())
        .containsEntry("RoleId", ROLE)
        .containsEntry("RoleName", "Helpdesk Administrator");
    assertThat(records.get(2).get("resourceNewValue").text()).contains("\"State\":\"inactive\"");
    assertThat(records.get(1).get("resourceOldValue").text()).contains("\"State\":\"inactive\"");
    assertThat(records.get(6).get("resourceNewValue").text()).contains("\"FirstName\":null");
    for (JsonNode record : records.subList(0, 8)) {
      assertThat(facts(record)).containsEntry("CustomerUserId", user.toString());
      assertThat(record.get("operationStatus").text()).isEqualTo("succeeded");
      assertThat(record.get("customerName").text()).isEqualTo("Customer");
    }
  }

  @Test
  void everyOperationOnACustomerIsToldEvenAfterItsEnd() {
    String id =
        send("POST", "/v1/customers", creation("new.onmicrosoft.com")).json().get("id").text();
    String customer = "/v1/customers/" + id;
    JsonNode profile = server.sendAsAdmin(RawRequest.get(customer + "/profiles/billing")).json();
    String text =
        server
            .sendAsAdmin(RawRequest.get(customer + "/profiles/billing"))
            .text()
            .replace("\"Redmond\"", "\"Seattle\"");
    assertThat(profile.get("defaultAddress").get("city").text()).isEqualTo("Redmond");
    assertThat(send("PUT", customer + "/profiles/billing", text).status()).isEqualTo(200);
    assertThat(
            send(
                    "POST",
                    customer + "/verifieddomain",
                    "{`VerifiedDomainName`:`second.example`,`Domain`:{`Name`:`second.example`,"
                        + "`AuthenticationType`:`Managed`}}")
                .status())
        .isEqualTo(201);
    assertThat(
            send(
                    "PATCH",
                    customer,
                    "{`relationshipToPartner`:`none`,`attributes`:{`objectType`:`Customer`}}")
                .status())
        .isEqualTo(200);

    List<JsonNode> records = records(filter("CustomerId", "equals", id));

    assertThat(operations(records))
        .containsExactly(
            "remove_partner_customer_relationship",
            "undefined",
            "update_customer_billing_profile",
            "add_user_member",
            "create_customer_user",
            "add_customer");
    assertThat(facts(records.get(1)))
        .containsEntry("OperationType", "add_customer_verified_domain")
        .containsEntry("VerifiedDomainName", "second.example");
    assertThat(records.get(2).get("resourceOldValue").text())
        .isEqualTo(
            "{\"DefaultAddress\":{\"City\":\"Redmond\"},"
                + "\"Attributes\":{\"ObjectType\":\"CustomerBillingProfile\"}}");
    assertThat(facts(records.get(5)))
        .containsEntry("PrimaryDomainName", "new.onmicrosoft.com")
        .containsEntry("Relationship", "Reseller");
    assertThat(records.get(5).get("resourceNewValue").text())
        .contains("\"CompanyProfile\":{\"CompanyName\":\"Test company\"");
    for (JsonNode record : records) {
      assertThat(record.get("customerName").text()).isEqualTo("Test company");
      assertThat(record.get("resourceType").text())
          .isIn("customer", "customer_user", "customer_directory_role");
    }
  }

  private static String creation(String domain) {
    return ("{`companyProfile`:{`domain`:`%s`},`billingProfile`:{`culture`:`en-US`,`language`:`en`,"
            + "`email`:`a@b.example`,`companyName`:`Test company`,`defaultAddress`:{`country`:`US`,"
            + "`state`:`WA`,`city`:`Redmond`,`postalCode`:`98052`,`addressLine1`:`One way`,"
            + "`firstName`:`Test`,`lastName`:`Test`}}}")
        .formatted(domain);
  }

  @Test
  void whoActedIsNamed() {
    UUID correlation = UUID.randomUUID();
    server.sendAsAdmin(
        RawRequest.patch(FOUNDING, "{\"displayName\":\"New\"}")
            .header("MS-CorrelationId", correlation.toString()));

    JsonNode record = newest();

    assertThat(record.get("userPrincipalName").text())
        .isEqualTo(server.tenancy().agent(Role.ADMIN_AGENT).userPrincipalName());
    assertThat(record.get("applicationId").text()).isEqualTo("Application");
    assertThat(record.get("partnerId").text()).isEqualTo(Tenancy.PARTNER.toString());
    assertThat(record.get("originalCorrelationId").text()).isEqualTo(correlation.toString());
    assertThat(record.get("operationDate").text()).matches(".*T\\d\\d:\\d\\d:\\d\\d\\.\\d{7}Z");
  }

  @Test
  void applicationOnItsOwnHasNoPrincipalNameAndMayRead() {
    String token = server.tokens().appOnly();
    RawAnswer created =
        server.send(
            RawRequest.of("POST", "/v1/customers")
                .token(token)
                .body(creation("app.onmicrosoft.com").replace('`', '"')));
    assertThat(created.status()).isEqualTo(201);

    RawAnswer answer = server.send(RawRequest.get(RECORDS + "?size=1").token(token));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("items").items().getFirst().has("userPrincipalName")).isFalse();
  }

  @Test
  void onlyAdminAgentsMayRead() {
    for (Role role : List.of(Role.HELPDESK_AGENT, Role.SALES_AGENT)) {
      RawAnswer answer = server.send(RawRequest.get(RECORDS).token(server.tokens().of(role)));
      assertThat(answer.outcome()).isEqualTo("403/900150");
    }
    assertThat(server.send(RawRequest.get(RECORDS)).outcome()).isEqualTo("401/800001");
  }

  @Test
  void partnerSeesNothingOfAnother() {
    send("PATCH", FOUNDING, "{`displayName`:`New`}");
    String id = newest().get("id").text();

    RawRequest get = RawRequest.get(RECORDS + "/" + id);
    assertThat(server.sendAsAdmin(get).status()).isEqualTo(200);
    assertThat(server.send(get.token(server.tokens().otherAdmin())).outcome())
        .isEqualTo("404/1000");
    RawAnswer others = server.send(RawRequest.get(RECORDS).token(server.tokens().otherAdmin()));
    assertThat(others.text()).doesNotContain(Tenancy.CUSTOMER.toString());
    assertThat(others.json().get("items").items()).isNotEmpty();
  }

  @Test
  void recordIsFoundByItsId() {
    send(
        "PATCH", FOUNDING, "{`displayName`:`New`,`passwordProfile`:{`password`:`Secret-Pass-77`}}");
    send("PATCH", FOUNDING, "{`usageLocation`:`nowhere`}");

    for (JsonNode record : records("")) {
      String id = record.get("id").text();
      RawAnswer answer = server.sendAsAdmin(RawRequest.get(RECORDS + "/" + id));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.json()).isEqualTo(record);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "1",
        "PARTNER",
        "PARTNER_1",
        "PARTNER_CUSTOMER_updatecustomeruser_1",
        "PARTNER_CUSTOMER_createcustomeruser_1000000",
        "PARTNER_CUSTOMER_createcustomeruser_99999999999999999999",
        "PARTNER_CUSTOMER_createcustomeruser_f1",
        "PARTNER_createcustomeruser_2",
        "OTHER_OTHERCUSTOMER_createcustomeruser_2",
        "PARTNER_OTHERCUSTOMER_createcustomeruser_2",
        "PARTNER_6b33f2ba-12c7-49b1-b4e0-7f3fe0a3a7-4_createcustomeruser_2"
      })
  void unknownRecordIsNotFound(String template) {
    String id =
        template
            .replace("OTHERCUSTOMER", Tenancy.OTHER_CUSTOMER.toString())
            .replace("OTHER", Tenancy.OTHER_PARTNER.toString())
            .replace("PARTNER", Tenancy.PARTNER.toString())
            .replace("CUSTOMER", Tenancy.CUSTOMER.toString());

    assertThat(server.sendAsAdmin(RawRequest.get(RECORDS + "/" + id)).outcome())
        .isEqualTo("404/1000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST | /v1/customers | {} | add_customer | 3000",
        "DELETE | CUSTOMER | | delete_customer | 600006",
        "PATCH | CUSTOMER | {} | remove_partner_customer_relationship | 3000",
        "PUT | CUSTOMER/profiles/billing | {} | update_customer_billing_profile | 3000",
        "POST | CUSTOMER/users | {} | create_customer_user | 3000",
        "PATCH | CUSTOMER/users/x | {} | update_customer_user | 2000",
        "PATCH | CUSTOMER/users/USER/resetpassword | {} | reset_customer_user_password | 3000",
        "DELETE | CUSTOMER/users/0e5ad6a3-33b4-4a38-8a5e-4b3a7dcb4a4a | | delete_customer_user | 60002",
        "POST | CUSTOMER/users/USER/licenseupdates | { | update_customer_user_licenses | 800002",
        "POST | CUSTOMER/directoryroles/0e5ad6a3-33b4-4a38-8a5e-4b3a7dcb4a4a/usermembers | {`id`:`USER`} | add_user_member | 1000",
        "DELETE | CUSTOMER/directoryroles/0e5ad6a3-33b4-4a38-8a5e-4b3a7dcb4a4a/usermembers/USER | | remove_user_member | 1000",
        "POST | /v1/customers/x/users | {} | create_customer_user | 2000",
        "PATCH | /v1/customers/OTHER/users/USER | {} | update_customer_user | 20002"
      })
  void refusedChangeIsTold(
      String method, String template, String body, String operation, String code) {
    String path =
        template
            .replace("CUSTOMER", "/v1/customers/" + Tenancy.CUSTOMER)
            .replace("OTHER", Tenancy.OTHER_CUSTOMER.toString())
            .replace("USER", Tenancy.USER.toString());
    long changes = server.tenancy().changes();

    RawAnswer refused =
        send(method, path, body == null ? "" : body.replace("USER", Tenancy.USER.toString()));

    JsonNode record = newest();
    assertThat(refused.outcome()).endsWith("/" + code);
    assertThat(record.get("operationType").text()).isEqualTo(operation);
    assertThat(record.get("operationStatus").text()).isEqualTo("failed");
    assertThat(facts(record))
        .containsEntry("ErrorCode", code)
        .containsEntry("ErrorDescription", refused.json().get("description").text());
    assertThat(record.has("resourceNewValue")).isFalse();
    assertThat(facts(record).containsKey("CustomerUserId"))
        .isEqualTo(path.matches(".*/user(s|members)/[^x].*")); // x names no account
    assertThat(record.has("customerName")).isEqualTo(template.contains("CUSTOMER"));
    assertThat(server.tenancy().changes()).isEqualTo(changes);
  }

  /** It could be anything that was pasted into the wrong place. */
  @Test
  void whatIsNoNameOfAnAccountAndNoValueOfAnEnumIsNotKept() {
    send("PATCH", "/v1/customers/" + Tenancy.CUSTOMER + "/users/Secret-Pass-77", "{}");
    send("PATCH", FOUNDING, "{`state`:`Secret-Pass-77`}");

    assertThat(operations(records("?size=2")))
        .containsExactly("update_customer_user", "update_customer_user");
    assertThat(list("").text()).doesNotContain("Secret-Pass-77");
  }

  @Test
  void refusedReadAndStrangerAreNotTold() {
    List<String> before = operations(records(""));

    server.sendAsAdmin(RawRequest.get("/v1/customers/" + Tenancy.OTHER_CUSTOMER));
    server.sendAsAdmin(RawRequest.get("/v1/customers/" + Tenancy.CUSTOMER + "/users/x"));
    server.sendAsAdmin(RawRequest.of("POST", "/v1/nowhere").body("{}"));
    server.sendAsAdmin(RawRequest.of("PUT", FOUNDING).body("{}"));
    server.send(RawRequest.patch(FOUNDING, "{}"));
    server.send(RawRequest.patch(FOUNDING, "{}").token("x.y.z"));

    assertThat(operations(records(""))).isEqualTo(before);
  }

  /** One client sends a refused request again and again under one id. */
  @Test
  void repeatedRefusalIsToldOnce() {
    int before = records("").size();
    RawRequest request =
        RawRequest.patch(FOUNDING, "{\"usageLocation\":\"nowhere\"}").id(UUID.randomUUID());

    for (int i = 0; i < 5; i++) {
      assertThat(server.sendAsAdmin(request).status()).isEqualTo(400);
    }

    assertThat(records("")).hasSize(before + 1);
  }

  @Test
  void repeatedChangeIsToldOnce() {
    int before = records("").size();
    RawRequest request =
        RawRequest.patch(FOUNDING, "{\"displayName\":\"New\"}").id(UUID.randomUUID());

    server.sendAsAdmin(request);
    assertThat(server.sendAsAdmin(request).isReplayed()).isTrue();

    assertThat(records("")).hasSize(before + 1);
  }

  /** One client fails on a whole page for one value that it does not know (wire-spec §6.4, §9). */
  @Test
  void clientThatKnowsOlderValuesIsToldUndefined() {
    send("POST", MEMBERS, "{`id`:`" + Tenancy.USER + "`}");
    RawRequest list =
        RawRequest.get(RECORDS + "?size=1")
            .header("MS-PartnerCenter-Client", "Partner Center Java SDK");

    JsonNode shown = server.sendAsAdmin(list).json().get("items").items().getFirst();

    assertThat(shown.get("resourceType").text()).isEqualTo("undefined");
    assertThat(shown.get("operationType").text()).isEqualTo("undefined");
    assertThat(facts(shown)).containsEntry("OperationType", "add_user_member");
    assertThat(newest().get("operationType").text()).isEqualTo("add_user_member");
    JsonNode filtered =
        server
            .sendAsAdmin(
                RawRequest.get(RECORDS + filter("ResourceType", "equals", "CustomerDirectoryRole"))
                    .header("MS-PartnerCenter-Client", "Partner Center Java SDK"))
            .json();
    assertThat(filtered.get("items").items()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "CompanyName, substring, uSTO, true",
    "companyname, Substring, Customer, true",
    "CompanyName, substring, nobody, false",
    "CustomerId, equals, eebd1b55-5360-4438-a11d-5c06918c3014, true",
    "CustomerId, Equals, EEBD1B55-5360-4438-A11D-5C06918C3014, true",
    "CustomerId, equals, 4d3cf487-70f4-4e1e-9ff1-b2bfce8d9f04, false",
    "ResourceType, equals, CustomerUser, true",
    "ResourceType, equals, customer_user, true",
    "ResourceType, equals, Subscription, false",
    "OperationType, equals, CreateCustomerUser, true",
    "OperationType, equals, delete_customer_user, false",
    "UserPrincipalName, equals, nobody@nowhere.example, false"
  })
  void listIsFiltered(String field, String operator, String value, boolean isFound) {
    assertThat(records(filter(field, operator, value)).isEmpty()).isEqualTo(!isFound);
  }

  @Test
  void filterByPrincipalNameFindsTheAgentsOwn() {
    send("PATCH", FOUNDING, "{`displayName`:`New`}");
    String name =
        server.tenancy().agent(Role.ADMIN_AGENT).userPrincipalName().toUpperCase(Locale.ROOT);

    assertThat(operations(records(filter("UserPrincipalName", "equals", name))))
        .containsExactly("update_customer_user");
  }

  @ParameterizedTest
  @CsvSource({
    "CompanyName, equals, x, 400/2000",
    "CompanyName, starts_with, x, 400/2000",
    "CustomerId, substring, x, 400/2000",
    "ResourceType, substring, x, 400/2000",
    "CustomerId, equals, x, 400/3000",
    "Nothing, equals, x, 400/3000",
    "CompanyName, like, x, 400/800002"
  })
  void filterThatCannotBeReadIsRefused(
      String field, String operator, String value, String outcome) {
    assertThat(list(filter(field, operator, value)).outcome()).isEqualTo(outcome);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "startDate=x",
        "endDate=2026-13-01",
        "startDate=2026-02-30",
        "startDate=-999999999-01-01T00:00:00%2B18:00",
        "endDate=%2B999999999-12-31T23:59:59-18:00"
      })
  void dateThatCannotBeReadIsNamed(String parameter) {
    RawAnswer answer = list("?" + parameter);

    assertThat(answer.outcome()).isEqualTo("400/3000");
    assertThat(answer.json().get("data").texts().getFirst())
        .startsWith(parameter.substring(0, parameter.indexOf('=')) + ": ");
  }

  @Test
  void periodThatEndsBeforeItStartsIsRefused() {
    String today = server.clock().instant().toString().substring(0, 10);

    assertThat(list("?startDate=" + today + "&endDate=" + today).status()).isEqualTo(200);
    assertThat(list("?startDate=" + today + "T12:00:00Z&endDate=" + today + "T11:59:59Z").outcome())
        .isEqualTo("400/3000");
  }

  @Test
  void periodIsOfWholeDaysAndExactMoments() {
    server.clock().advance(Duration.ofDays(3));
    Instant then = server.clock().instant().truncatedTo(ChronoUnit.MICROS);
    send("PATCH", FOUNDING, "{`displayName`:`New`}");
    server.clock().advance(Duration.ofDays(3));
    String day = then.toString().substring(0, 10);

    assertThat(records("?startDate=" + day + "&endDate=" + day)).hasSize(1);
    assertThat(records("?startDate=" + then + "&endDate=" + then)).hasSize(1);
    String micro = then.plus(1, ChronoUnit.MICROS).toString();
    assertThat(records("?startDate=" + micro + "&endDate=" + micro)).isEmpty();
    assertThat(records("?startDate=" + micro)).isEmpty();
    String before = then.minus(1, ChronoUnit.MICROS).toString();
    assertThat(operations(records("?endDate=" + before))).doesNotContain("update_customer_user");
  }

  @Test
  void recordsOfThirtyDaysAreListedAndOfNinetyKept() {
    send("PATCH", FOUNDING, "{`displayName`:`New`}");
    send("PATCH", FOUNDING, "{`usageLocation`:`nowhere`}");
    String day = server.clock().instant().toString().substring(0, 10);
    List<JsonNode> told = records("?size=2");
    assertThat(told).hasSize(2);

    server.clock().advance(Duration.ofDays(31));
    assertThat(records("")).isEmpty();
    assertThat(records("?startDate=" + day)).isNotEmpty();

    server.clock().advance(Duration.ofDays(60));
    RawAnswer answer = list("?startDate=" + day);
    assertThat(answer.outcome()).isEqualTo("400/3000");
    assertThat(answer.json().get("data").texts())
        .containsExactly("startDate: Records are kept for 90 days.");
    for (JsonNode record : told) {
      assertThat(ask(RawRequest.get(RECORDS + "/" + record.get("id").text())).outcome())
          .isEqualTo("404/1000");
    }
  }

  /** By the header, by the parameter that one client sends instead, and back again. */
  @Test
  void pagesFollowEachOtherInBothDirections() {
    for (int i = 0; i < 7; i++) {
      send("PATCH", FOUNDING, "{`displayName`:`Name " + i + "`,`firstName`:`First " + i + "`}");
      send("PATCH", FOUNDING, "{`usageLocation`:`nowhere`}");
    }
    List<String> all = ids(list("").json());

    List<String> forward = new ArrayList<>();
    List<RawAnswer> pages = new ArrayList<>();
    RawAnswer page = list("?size=3");
    pages.add(page);
    forward.addAll(ids(page.json()));
    boolean byHeader = true;
    while (page.json().has("continuationToken")) {
      String token = page.json().get("continuationToken").text();
      page =
          byHeader
              ? server.sendAsAdmin(
                  RawRequest.get(RECORDS + "?seekOperation=Next")
                      .header("MS-ContinuationToken", token))
              : list("?size=3&MS-ContinuationToken=" + token);
      byHeader = !byHeader;
      pages.add(page);
      forward.addAll(ids(page.json()));
    }
    assertThat(forward).isEqualTo(all);

    for (int i = pages.size() - 1; i > 0; i--) {
      JsonNode previous = pages.get(i).json().get("links").get("previous");
      RawAnswer back =
          server.sendAsAdmin(
              RawRequest.get("/v1/" + previous.get("uri").text())
                  .header(
                      "MS-ContinuationToken",
                      previous.get("headers").items().getFirst().get("value").text()));
      assertThat(ids(back.json())).isEqualTo(ids(pages.get(i - 1).json()));
    }
  }

  private static List<String> ids(JsonNode page) {
    return page.get("items").items().stream().map(record -> record.get("id").text()).toList();
  }

  @Test
  void tokenOfAnotherPeriodIsRefused() {
    String token = list("?size=1").json().get("continuationToken").text();
    String today = server.clock().instant().toString().substring(0, 10);

    assertThat(list("?startDate=" + today + "&MS-ContinuationToken=" + token).outcome())
        .isEqualTo("400/3000");
  }

  /** As documented, with the braces and quotes encoded and the rest as it is. */
  @Test
  void halfEncodedAndRawFiltersAreRead() {
    String half =
        "?startDate="
            + server.clock().instant().toString().substring(0, 10)
            + "&filter=%7B%22Field%22:%22CustomerId%22,%22Value%22:%22"
            + Tenancy.CUSTOMER
            + "%22,%22Operator%22:%22equals%22%7D";
    String raw =
        "?filter={\"Field\":\"CustomerId\",\"Value\":\""
            + Tenancy.CUSTOMER
            + "\",\"Operator\":\"equals\"}";

    assertThat(records(half)).isNotEmpty();
    assertThat(records(raw)).isNotEmpty();
  }

  @Test
  void recordsOutliveTheServersRestart() {
    send("PATCH", FOUNDING, "{`displayName`:`New`}");
    send("PATCH", FOUNDING, "{`usageLocation`:`nowhere`}");
    List<String> before = ids(list("").json());

    server = server.restart(folder);

    assertThat(ids(list("").json())).isEqualTo(before);
  }
}
