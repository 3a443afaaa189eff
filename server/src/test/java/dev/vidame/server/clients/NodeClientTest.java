package dev.vidame.server.clients;

import static dev.vidame.server.clients.Client.CUSTOMER;
import static dev.vidame.server.clients.Client.USERS;
import static dev.vidame.server.clients.Client.ids;
import static dev.vidame.server.clients.Client.items;
import static dev.vidame.server.clients.Client.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.harness.JsonNode;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.SharedStore;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.harness.TestTokens;
import dev.vidame.server.licenses.Seats;
import dev.vidame.wire.UserId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The Node client of pliancy, 6.7.0. */
class NodeClientTest {
  @RegisterExtension static final Served served = new Served();

  private static final String HELPDESK = "729827e3-9c14-49f7-bb1b-9608f156bbb8";

  @TempDir private Path folder;
  private final Client client = Client.node(served.server());
  private String user = "";

  @BeforeEach
  void start() {
    Seats.define(served.server());
    user = Seats.located(served.server(), served.server().tenancy().newUser()).toString();
  }

  @Test
  @Rows({5, 10, 20, 25, 27})
  void createsAnAccountWithoutAttributesAndWithoutANameOfTheRequest() {
    String name = "node." + UUID.randomUUID() + "@" + Tenancy.DOMAIN;

    RawAnswer created =
        client.send(
            "POST",
            USERS,
            """
            {"usageLocation":"US","userPrincipalName":"%s","firstName":"F","lastName":"L",\
            "displayName":"D","passwordProfile":{"password":"abCD123*","forceChangePassword":true}}\
            """
                .formatted(name));

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.json().get("userPrincipalName").text()).isEqualTo(name);
  }

  @Test
  @Rows({5, 25})
  void resetsAPasswordOnARouteOfItsOwn() {
    RawAnswer reset =
        client.send(
            "PATCH",
            USERS + "/" + user + "/resetpassword",
            """
            {"passwordProfile":{"password":"Renew456*","forceChangePassword":true},\
            "attributes":{"objectType":"CustomerUser"}}\
            """);

    assertThat(reset.status()).isEqualTo(200);
    assertThat(reset.json().get("id").text()).isEqualTo(user);
    assertThat(reset.json().get("state").text()).isEqualTo("active");
  }

  @Test
  @Rows({5, 10, 11})
  void givesARoleByThreeMembersInCapitals() {
    RawAnswer added =
        client.send(
            "POST",
            CUSTOMER + "/directoryroles/" + HELPDESK + "/usermembers",
            "{\"Id\":\"%s\",\"DisplayName\":\"D\",\"UserPrincipalName\":\"%s\"}"
                .formatted(user, Tenancy.nameOf(UserId.of(user))));

    assertThat(added.status()).isEqualTo(201);
    assertThat(added.json().get("roleId").text()).isEqualTo(HELPDESK);
    assertThat(added.json().get("id").text()).isEqualTo(user);
    assertThat(added.json().get("attributes").get("objectType").text()).isEqualTo("UserMember");
  }

  @Test
  @Rows({10, 11, 25})
  void removesALicenceWithAnEmptyListBesideIt() {
    String path = USERS + "/" + user;
    RawAnswer assigned =
        client.send(
            "POST",
            path + "/licenseupdates",
            "{\"licensesToAssign\":[{\"excludedPlans\":null,\"skuId\":\"%s\"}],\"licensesToRemove\":null}"
                .formatted(Seats.EMS));
    assertThat(assigned.status()).isEqualTo(201);
    assertThat(items(client.get(path + "/licenses"))).hasSize(1);

    RawAnswer removed =
        client.send(
            "POST",
            path + "/licenseupdates",
            "{\"licensesToAssign\":[],\"licensesToRemove\":[\"%s\"]}".formatted(Seats.EMS));

    assertThat(removed.status()).isEqualTo(201);
    assertThat(items(client.get(path + "/licenses"))).isEmpty();
  }

  @Test
  @Rows(27)
  void sendsItsBodiesWithAnyTypeOfJsonAndWithNone() {
    for (String type : new String[] {"application/json", "application/json; charset=UTF-8", ""}) {
      RawAnswer answer =
          client.withBodyType(type).send("PATCH", USERS + "/" + user, "{\"firstName\":\"é\"}");
      assertThat(ok(answer).json().get("firstName").text()).isEqualTo("é");
    }
  }

  /** It reads the end of the token out of it, and would sign in before each call without. */
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
                    + "&scope=https%3A%2F%2Fapi.partnercenter.microsoft.com%2F.default");

    JsonNode answer = served.server().send(request).json();

    Object end = TestTokens.claims(answer.get("access_token").text()).get("exp");
    assertThat((Long) end).isGreaterThan(served.server().clock().instant().getEpochSecond());
  }

  @Test
  @Rows(29)
  void signsInAgainOnlyWhenItIsTold401() {
    assertThat(client.statusOfExpired()).isEqualTo(401);
  }

  /** It takes the items of one answer for all accounts. */
  @Test
  @Rows({11, 30})
  void takesTheFirstPageForTheWholeList() throws SQLException {
    try (TestServer server = TestServer.start(folder)) {
      addAccounts(499);

      RawAnswer all = Client.node(server).get(USERS);

      assertThat(ids(all)).hasSize(500).doesNotHaveDuplicates();
      assertThat(all.json().has("continuationToken")).isFalse();
    }
  }

  private void addAccounts(int count) throws SQLException {
    try (Connection store = SharedStore.connect(folder);
        Statement statement = store.createStatement()) {
      statement.executeUpdate(
          "with recursive n(i) as (select 1 union all select i + 1 from n where i < "
              + count
              + ") insert into users (customer_id, user_id, version, upn, display_name,"
              + " force_change_password) select "
              + SharedStore.literal(Tenancy.CUSTOMER.value())
              + (SharedStore.isPostgres() ? ", gen_random_uuid()" : ", randomblob(16)")
              + ", 1, 'many' || i || '@"
              + Tenancy.DOMAIN
              + "', 'Many ' || i, 0 from n");
    }
  }

  /** That answers have none is checked wherever an answer is read. */
  @Test
  @Rows(32)
  void mayBeginABodyWithAByteOrderMark() {
    RawAnswer answer = client.send("PATCH", USERS + "/" + user, "\uFEFF{\"firstName\":\"Marked\"}");

    assertThat(ok(answer).json().get("firstName").text()).isEqualTo("Marked");
  }
}
