package dev.vidame.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.SharedStore;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.wire.UserId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What requests, pages and rows of bulk runs do is on behalf of their partner, so that the wall of
 * a PostgreSQL holds them. Without that they would see all, and every other test would pass. Here
 * the store has one more condition: accounts are there for the first partner, and for nobody else,
 * not even for the service itself.
 */
class WalledRequestsTest {
  private static final String LIST = "/v1/customers/" + Tenancy.CUSTOMER + "/users";
  private static final String FOR_THE_PARTNER_ONLY =
      "create policy probe on users as restrictive"
          + " using (current_setting('vidame.partner', true) = '"
          + Tenancy.PARTNER
          + "')";

  @TempDir private static Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() throws SQLException {
    server = TestServer.start(folder, SharedStore.postgres(folder));
    try (Connection connection = SharedStore.connectPostgres(folder);
        Statement statement = connection.createStatement()) {
      assertThat(accounts(statement)).isEqualTo(2);
      statement.execute(FOR_THE_PARTNER_ONLY);
      assertThat(accounts(statement)).isZero();
    }
  }

  private static long accounts(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("select count(*) from users")) {
      assertThat(rows.next()).isTrue();
      return rows.getLong(1);
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Made by a request, since nobody else can. */
  private static UserId user(String name) {
    RawAnswer created =
        server.sendAsAdmin(
            RawRequest.of("POST", LIST)
                .body(
                    ("{\"userPrincipalName\":\"%s\",\"displayName\":\"Before\","
                            + "\"passwordProfile\":{\"password\":\"abCD123*\"}}")
                        .formatted(name)));
    assertThat(created.status()).as(created.toString()).isEqualTo(201);
    return UserId.of(created.json().get("id").text());
  }

  private static String name() {
    return "w" + UUID.randomUUID() + "@" + Tenancy.DOMAIN;
  }

  private static RawAnswer read(UserId user) {
    return server.sendAsAdmin(RawRequest.get(TestServer.path(Tenancy.CUSTOMER, user)));
  }

  @Test
  void requestsAreOnBehalfOfTheirPartner() {
    UserId user = user(name());
    String path = TestServer.path(Tenancy.CUSTOMER, user);

    RawAnswer lagging =
        server.sendAsAdmin(RawRequest.get(path).header("ConsistencyLevel", "eventual"));
    RawAnswer changed = server.sendAsAdmin(RawRequest.patch(path, "{\"displayName\":\"After\"}"));

    assertThat(lagging.json().get("displayName").text()).isEqualTo("Before");
    assertThat(changed.json().get("displayName").text()).isEqualTo("After");
    assertThat(server.sendAsAdmin(RawRequest.get(LIST)).text()).contains(user.toString());
    assertThat(server.sendAsAdmin(RawRequest.of("DELETE", path)).status()).isEqualTo(204);
    assertThat(read(user).json().get("state").text()).isEqualTo("inactive");
  }

  @Test
  void pagesAreOnBehalfOfTheirPartner() {
    UserId user = user(name());
    Visitor admin = Visitor.signedIn(server, server.tenancy().agent(Role.ADMIN_AGENT));

    RawAnswer page = admin.get("/dashboard/customers/" + Tenancy.CUSTOMER + "/users/" + user);

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text()).contains("Before");
  }

  @Test
  void rowsOfBulkRunsAreOnBehalfOfTheirPartner() {
    UserId changed = user(name());
    UserId deleted = user(name());
    String restoredName = name();
    UserId restored = user(restoredName);
    server.sendAsAdmin(RawRequest.of("DELETE", TestServer.path(Tenancy.CUSTOMER, restored)));
    Visitor admin = Visitor.signedIn(server, server.tenancy().agent(Role.ADMIN_AGENT));

    String run =
        Runs.planned(
            admin,
            """
            id,userPrincipalName,displayName,operation
            %s,,After,
            %s,,,delete
            ,%s,,restore
            """
                .formatted(changed, deleted, restoredName));
    RawAnswer plan = admin.get(run);
    RawAnswer report = Runs.pressed(admin, run, "apply");

    assertThat(plan.text()).contains("Apply: 3");
    assertThat(report.text()).contains("<dt>Done</dt><dd>3</dd>");
    assertThat(read(changed).json().get("displayName").text()).isEqualTo("After");
    assertThat(read(deleted).json().get("state").text()).isEqualTo("inactive");
    assertThat(read(restored).json().get("state").text()).isEqualTo("active");
  }
}
