package dev.vidame.server.admin;

import static dev.vidame.server.admin.Admin.AGENTS;
import static dev.vidame.server.admin.Admin.APPLICATIONS;
import static dev.vidame.server.admin.Admin.EMS;
import static dev.vidame.server.admin.Admin.OPERATORS;
import static dev.vidame.server.admin.Admin.OURS;
import static dev.vidame.server.admin.Admin.PARTNERS;
import static dev.vidame.server.admin.Admin.PASSWORD;
import static dev.vidame.server.admin.Admin.RELATIONSHIP;
import static dev.vidame.server.admin.Admin.RELATIONSHIPS;
import static dev.vidame.server.admin.Admin.SKUS;
import static dev.vidame.server.harness.TestServer.foundingPath;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.customers.Customers.NewCustomer;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.journal.Ledger;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.wire.CustomerId;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators do over HTTP, and the rows that it leaves. */
class AdminTest {
  private static final String SKU =
      "{\"productSku\":{\"name\":\"Mobility\",\"skuPartNumber\":\"EMS\"},\"activeUnits\":%d,"
          + "\"servicePlans\":[{\"id\":\"c1ec4a95-1f05-45b3-a911-aa3fa01094f5\","
          + "\"displayName\":\"Intune\",\"serviceName\":\"INTUNE_A\"}]}";

  @TempDir private Path folder;
  private Admin admin;

  @BeforeEach
  void start() {
    admin = Admin.start(folder);
  }

  @AfterEach
  void stop() {
    admin.close();
  }

  private RawAnswer send(String method, String path, String body) {
    return admin.send(method, path, body);
  }

  private RawAnswer send(String method, String path) {
    return admin.send(method, path);
  }

  private Entry lastRow(CustomerId tenant) {
    return admin.server().server().directory().journal(tenant, 0, 1000).getLast();
  }

  @Test
  void onlyAnOperatorsSecretOpensTheRoutes() {
    String secret = admin.secret();
    assertThat(admin.server().send(RawRequest.get(PARTNERS)).outcome()).isEqualTo("401/800001");
    for (String wrong :
        List.of(
            admin.server().tokens().admin(),
            admin.server().tokens().appOnly(),
            "vop_",
            secret + "x",
            secret.substring(0, secret.length() - 1) + (secret.endsWith("A") ? "B" : "A"),
            secret.replace("vop_", "VOP_"))) {
      RawRequest request = RawRequest.get(PARTNERS).token(wrong);
      assertThat(admin.server().send(request).outcome()).isEqualTo("401/400");
      assertThat(admin.send(request).outcome()).isEqualTo("401/400");
    }
    RawRequest basic = RawRequest.get(PARTNERS).header("Authorization", "Basic " + secret);
    assertThat(admin.server().send(basic).outcome()).isEqualTo("401/400");
    assertThat(send("GET", PARTNERS).status()).isEqualTo(200);
  }

  @Test
  void operatorsSecretOpensNothingOfThePartners() {
    for (String path : List.of(foundingPath(), "/v1/customers", "/v1/domains/x.example")) {
      assertThat(admin.send(RawRequest.get(path)).outcome()).isEqualTo("401/400");
    }
  }

  @Test
  void firstOperatorIsMadeOnce() {
    assertThat(admin.server().server().createFirstOperator()).isEmpty();
    assertThat(send("GET", OPERATORS).json().get("items").items()).hasSize(1);
    assertThat(send("GET", OPERATORS).text()).doesNotContain("vop_");
  }

  @Test
  void operatorsAreAddedAndTakenAwayButNeverTheLast() {
    RawAnswer added = send("POST", OPERATORS, "{\"name\":\"Second\"}");
    String id = added.json().get("id").text();
    String secret = added.json().get("secret").text();

    assertThat(added.status()).isEqualTo(201);
    assertThat(asOperator(secret)).isEqualTo("200");
    assertThat(send("GET", OPERATORS + "/" + id).json().get("name").text()).isEqualTo("Second");
    assertThat(send("GET", OPERATORS).text()).doesNotContain(secret);

    assertThat(send("DELETE", OPERATORS + "/" + id).status()).isEqualTo(204);
    assertThat(asOperator(secret)).isEqualTo("401/400");
    RawAnswer last = send("DELETE", OPERATORS + "/" + admin.id());
    assertThat(last.outcome()).isEqualTo("400/3000");
    assertThat(last.text()).contains("at least one operator");
    assertThat(asOperator(admin.secret())).isEqualTo("200");
    assertThat(send("GET", OPERATORS + "/" + id).outcome()).isEqualTo("404/1000");
  }

  private String asOperator(String secret) {
    return admin.server().send(RawRequest.get(OPERATORS).token(secret)).outcome();
  }

  @Test
  void partnersAreCreatedReadListedAndChanged() {
    String id = UUID.randomUUID().toString();
    String body =
        "{\"ID\":\"" + id.toUpperCase(Locale.ROOT) + "\",\"name\":\"Third\",\"unknown\":1}";

    RawAnswer created = send("POST", PARTNERS, body);
    RawAnswer other = send("POST", PARTNERS, body);
    RawAnswer changed = send("PATCH", PARTNERS + "/" + id, "{\"sandbox\":true,\"name\":null}");

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.text())
        .isEqualTo(
            "{\"id\":\""
                + id
                + "\",\"name\":\"Third\",\"sandbox\":false,\"disabled\":false,\"passwordProfile\":\"server\",\"allowAppOnlyUsers\":false}");
    assertThat(other.outcome()).isEqualTo("409/990001");
    assertThat(changed.text())
        .isEqualTo(
            "{\"id\":\""
                + id
                + "\",\"name\":\"Third\",\"sandbox\":true,\"disabled\":false,\"passwordProfile\":\"server\",\"allowAppOnlyUsers\":false}");
    assertThat(send("GET", PARTNERS + "/" + id).text()).isEqualTo(changed.text());
    assertThat(send("GET", PARTNERS).text()).contains(id);
  }

  @Test
  void partnerWithoutCustomersIsDeletedWithAllThatItHas() {
    assertThat(send("DELETE", OURS).outcome()).isEqualTo("400/3000");
    assertThat(admin.read(admin.server().tokens().admin())).isEqualTo("200");

    assertThat(send("DELETE", RELATIONSHIP).status()).isEqualTo(204);
    assertThat(send("DELETE", OURS).status()).isEqualTo(204);

    assertThat(send("GET", OURS).outcome()).isEqualTo("404/1000");
    assertThat(send("GET", AGENTS).outcome()).isEqualTo("404/1000");
    assertThat(admin.read(admin.server().tokens().admin())).isEqualTo("403/2032");
    assertThat(admin.token(admin.server().tokens().applicationForm()).status()).isEqualTo(401);
  }

  @Test
  void listsGoOnWhereTheyEnded() {
    RawAnswer first = send("GET", PARTNERS + "?size=1");
    RawAnswer second = send("GET", first.json().get("next").text());

    assertThat(first.json().get("items").items()).hasSize(1);
    assertThat(second.json().get("items").items()).hasSize(1);
    assertThat(second.json().has("next")).isFalse();
    assertThat(second.text()).isNotEqualTo(first.text());
  }

  @Test
  void agentIsCreatedAndSignsIn() {
    String body =
        "{\"userPrincipalName\":\"new@partner.example\",\"displayName\":\"New\",\"password\":\""
            + PASSWORD
            + "\",\"roles\":[\"AdminAgent\",\"sales_agent\"]}";

    RawAnswer created = send("POST", AGENTS, body);

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.text())
        .doesNotContain(PASSWORD)
        .contains("\"roles\":[\"admin_agent\",\"sales_agent\"]");
    assertThat(send("POST", AGENTS, body.replace("new@", "NEW@")).outcome())
        .isEqualTo("409/990001");
    assertThat(
            admin.server().server().directory().partners().signIn("new@partner.example", PASSWORD))
        .isPresent();
    assertThat(send("GET", AGENTS).text()).contains("new@partner.example");
  }

  @Test
  void secretIsShownOnceAndTwoAreGoodWhileTheyAreExchanged() {
    RawAnswer created = send("POST", APPLICATIONS, "{\"name\":\"Tool\"}");
    String id = created.json().get("id").text();
    String first = created.json().get("secret").text();
    String secrets = APPLICATIONS + "/" + id + "/secrets";
    String firstId = send("GET", secrets).json().get("items").items().getFirst().get("id").text();

    String second = send("POST", secrets).json().get("secret").text();
    RawAnswer third = send("POST", secrets);
    assertThat(third.outcome()).isEqualTo("400/3000");
    assertThat(third.text()).contains("at most 2 secrets");
    assertThat(admin.tokenOf(id, first).status()).isEqualTo(200);
    assertThat(admin.tokenOf(id, second).status()).isEqualTo(200);

    assertThat(send("DELETE", secrets + "/" + firstId).status()).isEqualTo(204);
    assertThat(admin.tokenOf(id, first).status()).isEqualTo(401);
    assertThat(admin.tokenOf(id, second).status()).isEqualTo(200);
    assertThat(send("DELETE", secrets + "/" + firstId).outcome()).isEqualTo("404/1000");
    for (String path : List.of(APPLICATIONS, APPLICATIONS + "/" + id, secrets)) {
      assertThat(send("GET", path).text()).doesNotContain(first).doesNotContain(second);
    }
  }

  @Test
  void publicApplicationHasNoSecret() {
    RawAnswer created = send("POST", APPLICATIONS, "{\"name\":\"Phone\",\"public\":true}");
    String path = APPLICATIONS + "/" + created.json().get("id").text();

    assertThat(created.json().has("secret")).isFalse();
    RawAnswer secret = send("POST", path + "/secrets");
    assertThat(secret.outcome()).isEqualTo("400/3000");
    assertThat(secret.text()).contains("public application");
  }

  @Test
  void skusAreDefinedReadChangedAndRemoved() {
    RawAnswer defined = send("PUT", EMS, SKU.formatted(5));
    RawAnswer changed = send("PATCH", EMS, "{\"activeUnits\":\"7\",\"warningUnits\":1}");

    assertThat(defined.status()).isEqualTo(200);
    assertThat(changed.json().get("totalUnits").number()).isEqualTo(8);
    assertThat(send("PUT", EMS, changed.text()).text()).isEqualTo(changed.text());
    assertThat(send("GET", EMS).text()).isEqualTo(changed.text());
    assertThat(send("GET", SKUS).text()).contains(changed.text());
    assertThat(
            admin
                .server()
                .sendAsAdmin(
                    RawRequest.get("/v1/customers/" + Tenancy.CUSTOMER + "/subscribedskus"))
                .text())
        .contains(changed.text());

    assertThat(send("DELETE", EMS).status()).isEqualTo(204);
    assertThat(send("GET", EMS).outcome()).isEqualTo("404/1000");
  }

  @Test
  void skuWithASlashInItsIdIsOne() {
    String path = SKUS + "/CFQ7TTC0K5DR%2F0002";

    RawAnswer defined = send("PUT", path, SKU.formatted(5));

    assertThat(defined.json().get("productSku").get("id").text()).isEqualTo("CFQ7TTC0K5DR/0002");
    assertThat(send("GET", path).status()).isEqualTo(200);
  }

  @Test
  void unitsStayAboveThoseInUse() {
    send("PUT", EMS, SKU.formatted(5));
    hold();

    for (RawAnswer answer :
        List.of(
            send("PATCH", EMS, "{\"activeUnits\":0}"),
            send("PUT", EMS, SKU.formatted(0)),
            send("DELETE", EMS))) {
      assertThat(answer.outcome()).isEqualTo("400/3000");
      assertThat(answer.text()).contains("1 units are in use");
    }
    assertThat(send("PATCH", EMS, "{\"activeUnits\":1}").json().get("availableUnits").number())
        .isZero();
  }

  /** A deleted account takes its licence again when it is restored. */
  @Test
  void skuOfADeletedAccountsLicenceIsNotRemoved() {
    send("PUT", EMS, SKU.formatted(5));
    hold();
    admin.server().sendAsAdmin(RawRequest.of("DELETE", foundingPath()));

    assertThat(send("GET", EMS).json().get("consumedUnits").number()).isZero();
    assertThat(send("DELETE", EMS).outcome()).isEqualTo("400/3000");
  }

  private void hold() {
    admin.server().sendAsAdmin(RawRequest.patch(foundingPath(), "{\"usageLocation\":\"FR\"}"));
    String update = "{\"licensesToAssign\":[{\"skuId\":\"EMS\"}]}";
    assertThat(
            admin
                .server()
                .sendAsAdmin(RawRequest.of("POST", foundingPath() + "/licenseupdates").body(update))
                .status())
        .isEqualTo(201);
  }

  @Test
  void relationshipEndsAndBeginsAtOnceWithOneRowEach() {
    long rows = admin.server().tenancy().changes();
    String token = admin.server().tokens().admin();
    assertThat(admin.read(token)).isEqualTo("200");

    assertThat(send("DELETE", RELATIONSHIP).status()).isEqualTo(204);
    assertThat(admin.read(token)).isEqualTo("403/20002");
    assertThat(send("DELETE", RELATIONSHIP).outcome()).isEqualTo("404/1000");
    assertThat(send("GET", RELATIONSHIP).outcome()).isEqualTo("404/1000");

    RawAnswer added = send("PUT", RELATIONSHIP);
    RawAnswer again = send("PUT", RELATIONSHIP);

    assertThat(admin.read(token)).isEqualTo("200");
    assertThat(added.status()).isEqualTo(200);
    assertThat(again.text()).isEqualTo(added.text());
    assertThat(send("GET", RELATIONSHIPS).text())
        .contains(Tenancy.CUSTOMER.toString(), Tenancy.DOMAIN);
    assertThat(admin.server().tenancy().changes()).isEqualTo(rows + 2);
    assertThat(lastRow(Tenancy.CUSTOMER).request().actor().partner()).isEqualTo(Tenancy.PARTNER);
  }

  @Test
  void everyChangeIsOneRowThatNamesTheOperatorAndNoSecret() {
    String password = "{\"password\":\"" + PASSWORD + "\"}";
    String agent =
        "{\"userPrincipalName\":\"n@p.example\",\"displayName\":\"N\",\"password\":\""
            + PASSWORD
            + "\"}";
    CustomerId partner = new CustomerId(Tenancy.PARTNER.value());
    oneRow(Ledger.SERVICE, "operator.create", "POST", OPERATORS, "{\"name\":\"x\"}");
    oneRow(partner, "partner.update", "PATCH", OURS, "{\"sandbox\":true}");
    oneRow(partner, "agent.create", "POST", AGENTS, agent);
    oneRow(partner, "agent.update", "PATCH", admin.adminAgent(), "{\"roles\":[]}");
    oneRow(partner, "agent.update", "POST", admin.adminAgent() + "/resetpassword", password);
    oneRow(partner, "agent.delete", "DELETE", admin.adminAgent(), "");
    oneRow(partner, "application.create", "POST", APPLICATIONS, "{\"name\":\"x\"}");
    oneRow(partner, "application.update", "PATCH", admin.application(), "{\"name\":\"y\"}");
    String secret =
        oneRow(partner, "application.add-secret", "POST", admin.application() + "/secrets", "")
            .json()
            .get("id")
            .text();
    String path = admin.application() + "/secrets/" + secret;
    oneRow(partner, "application.remove-secret", "DELETE", path, "");
    oneRow(partner, "application.delete", "DELETE", admin.application(), "");
    oneRow(Tenancy.CUSTOMER, "sku.define", "PUT", EMS, SKU.formatted(3));
    oneRow(Tenancy.CUSTOMER, "sku.define", "PATCH", EMS, "{\"activeUnits\":4}");
    oneRow(Tenancy.CUSTOMER, "sku.remove", "DELETE", EMS, "");
    oneRow(Tenancy.CUSTOMER, "customer.remove-relationship", "DELETE", RELATIONSHIP, "");
    oneRow(Tenancy.CUSTOMER, "customer.add-relationship", "PUT", RELATIONSHIP, "");
    send("DELETE", RELATIONSHIP);
    oneRow(partner, "partner.delete", "DELETE", OURS, "");
  }

  private RawAnswer oneRow(
      CustomerId tenant, String operation, String method, String path, String body) {
    UUID id = UUID.randomUUID();
    RawRequest request = RawRequest.of(method, path).body(body).id(id);
    long before = admin.rows(tenant);
    RawAnswer first = admin.send(request);
    RawAnswer again = admin.send(request);

    assertThat(first.status()).as(operation).isBetween(200, 204);
    assertThat(again.status()).as(operation).isEqualTo(first.status());
    assertThat(again.header("MS-Replayed")).isEqualTo("true");
    assertThat(again.text()).doesNotContain("\"secret\"");
    assertThat(admin.rows(tenant)).as(operation).isEqualTo(before + 1);
    Entry row = lastRow(tenant);
    assertThat(row.operation().code()).isEqualTo(operation);
    assertThat(row.request().requestId()).isEqualTo(id);
    assertThat(row.request().actor().agent().orElseThrow().value())
        .isEqualTo(UUID.fromString(admin.id()));
    assertThat(row.toString()).doesNotContain(PASSWORD);
    if (first.status() == 201 && first.json().has("secret")) {
      assertThat(row.toString()).doesNotContain(first.json().get("secret").text());
    }
    return first;
  }

  @Test
  void changeThatChangesNothingLeavesNoRow() {
    send("PUT", EMS, SKU.formatted(3));
    long rows = admin.partnerRows();
    long ofCustomer = admin.rows(Tenancy.CUSTOMER);

    assertThat(send("PATCH", OURS, "{}").status()).isEqualTo(200);
    assertThat(send("PATCH", admin.adminAgent(), "{\"roles\":[\"admin_agent\"]}").status())
        .isEqualTo(200);
    assertThat(send("PATCH", admin.application(), "{\"disabled\":false}").status()).isEqualTo(200);
    assertThat(send("PATCH", EMS, "{\"activeUnits\":3}").status()).isEqualTo(200);

    assertThat(admin.partnerRows()).isEqualTo(rows);
    assertThat(admin.rows(Tenancy.CUSTOMER)).isEqualTo(ofCustomer);
  }

  @Test
  void requestIdIsGoodForOneBody() {
    UUID id = UUID.randomUUID();
    RawRequest request = RawRequest.of("POST", PARTNERS).id(id);

    assertThat(admin.send(request.body("{\"name\":\"One\"}")).status()).isEqualTo(201);
    assertThat(admin.send(request.body("{\"name\":\"Two\"}")).outcome()).isEqualTo("409/990003");
  }

  @Test
  void sandboxPartnerGetsNoMoreCustomersThanItMayHave() {
    var directory = admin.server().server().directory();
    send("DELETE", RELATIONSHIP);
    send("PATCH", OURS, "{\"sandbox\":true}");
    for (int i = 0; i < 75; i++) {
      directory
          .customers()
          .create(
              new NewCustomer(new CustomerId(UUID.randomUUID()), "C", "c" + i + ".example"),
              ChangeRequest.once(Actor.operator(Tenancy.PARTNER), UUID.randomUUID()));
    }

    assertThat(send("PUT", RELATIONSHIP).outcome()).isEqualTo("400/800018");
    RawAnswer page = send("GET", RELATIONSHIPS + "?size=50");
    assertThat(page.json().get("items").items()).hasSize(50);
    assertThat(send("GET", page.json().get("next").text()).json().get("items").items()).hasSize(25);
  }
}
