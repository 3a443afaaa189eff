package dev.vidame.server.customers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.customers.Bodies.Sandbox;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.TestServer;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.LicenseGroup;
import dev.vidame.wire.ProductSku;
import dev.vidame.wire.SubscribedSku;
import dev.vidame.wire.SubscribedSku.Units;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a customer is deleted while its accounts hold licences (wire-spec §2.4). */
class DeletionWithLicensesTest {
  private static final String SKU = "efccb6f7-5641-4e0e-bd10-b4976e1bf68e";

  @TempDir private Path folder;

  private TestServer start(boolean isStrict) {
    return TestServer.start(
        folder, Map.of("customers.delete-requires-no-licenses", Boolean.toString(isStrict)));
  }

  /** A customer whose first administrator has a licence. */
  private static String licensed(TestServer server, Sandbox sandbox) {
    String domain = Bodies.newDomain();
    String path = Bodies.path(server.send(Bodies.create(domain).token(sandbox.admin())));
    server
        .tenancy()
        .directory()
        .skus()
        .define(
            CustomerId.of(path.substring(Bodies.CUSTOMERS.length() + 1)),
            new SubscribedSku(
                new ProductSku(SKU, "EMS", "EMS", "User", LicenseGroup.GROUP1),
                new Units(1, 0, 0, 0),
                List.of(),
                "Enabled"));
    String admin = path + "/users/admin@" + domain;
    send(server, sandbox, RawRequest.patch(admin, "{\"usageLocation\":\"FR\"}"), "200");
    update(server, sandbox, admin, "{\"licensesToAssign\":[{\"skuId\":\"" + SKU + "\"}]}");
    return path;
  }

  private static void update(TestServer server, Sandbox sandbox, String user, String body) {
    send(server, sandbox, RawRequest.of("POST", user + "/licenseupdates").body(body), "201");
  }

  private static RawAnswer send(
      TestServer server, Sandbox sandbox, RawRequest request, String outcome) {
    RawAnswer answer = server.send(request.token(sandbox.admin()));
    assertThat(answer.outcome()).isEqualTo(outcome);
    return answer;
  }

  private static String firstUser(TestServer server, Sandbox sandbox, String path) {
    RawAnswer users = send(server, sandbox, RawRequest.get(path + "/users"), "200");
    return path + "/users/" + users.json().get("items").items().getFirst().get("id").text();
  }

  @Test
  void customerIsDeletedWithItsLicencesUnlessTheOperatorForbidsIt() {
    try (TestServer server = start(false)) {
      Sandbox sandbox = Sandbox.of(server);
      String path = licensed(server, sandbox);

      send(server, sandbox, RawRequest.of("DELETE", path), "204");
    }
  }

  @Test
  void customerIsKeptWhileItsAccountsHoldLicencesAndDeletedAfterwards() {
    try (TestServer server = start(true)) {
      Sandbox sandbox = Sandbox.of(server);
      String path = licensed(server, sandbox);
      RawRequest delete = RawRequest.of("DELETE", path).id(UUID.randomUUID());

      RawAnswer refused = send(server, sandbox, delete, "400/3000");
      assertThat(refused.json().get("data").texts())
          .containsExactly("licenses: Accounts of the customer still have licenses.");
      send(server, sandbox, RawRequest.get(path), "200");

      update(
          server,
          sandbox,
          firstUser(server, sandbox, path),
          "{\"licensesToRemove\":[\"" + SKU + "\"]}");
      send(server, sandbox, delete, "204");
      assertThat(send(server, sandbox, delete, "204").isReplayed()).isTrue();
      send(server, sandbox, RawRequest.get(path), "404/60003");
    }
  }

  /** A deleted account has freed its units, although they may come back to it. */
  @Test
  void deletedAccountsLicencesDoNotCount() {
    try (TestServer server = start(true)) {
      Sandbox sandbox = Sandbox.of(server);
      String path = licensed(server, sandbox);
      String domain =
          send(server, sandbox, RawRequest.get(path), "200")
              .json()
              .get("companyProfile")
              .get("domain")
              .text();
      String account = path + "/users/u@" + domain;
      send(
          server,
          sandbox,
          RawRequest.of("POST", path + "/users")
              .body(
                  "{\"userPrincipalName\":\"u@%s\",\"displayName\":\"U\",\"usageLocation\":\"FR\",\"passwordProfile\":{\"password\":\"Correct-77x\"}}"
                      .formatted(domain)),
          "201");
      String assign = "{\"licensesToAssign\":[{\"skuId\":\"" + SKU + "\"}]}";
      update(
          server,
          sandbox,
          path + "/users/admin@" + domain,
          "{\"licensesToRemove\":[\"" + SKU + "\"]}");
      update(server, sandbox, account, assign);
      send(server, sandbox, RawRequest.of("DELETE", path), "400/3000");

      send(server, sandbox, RawRequest.of("DELETE", account), "204");

      send(server, sandbox, RawRequest.of("DELETE", path), "204");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"business", "stranger"})
  void otherRefusalsComeFirst(String who) {
    try (TestServer server = start(true)) {
      String path = licensed(server, Sandbox.of(server));

      if (who.equals("stranger")) {
        assertThat(server.sendAsAdmin(RawRequest.of("DELETE", path)).outcome())
            .isEqualTo("403/20002");
      } else {
        String mine = Bodies.path(server.sendAsAdmin(Bodies.create(Bodies.newDomain())));
        assertThat(server.sendAsAdmin(RawRequest.of("DELETE", mine)).outcome())
            .isEqualTo("403/600006");
      }
    }
  }
}
