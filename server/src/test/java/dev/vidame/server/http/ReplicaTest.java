package dev.vidame.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.Role;
import dev.vidame.harness.Until;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawConnection;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.SharedStore;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a server reads from a copy of its store, and what it does not. The copy has stopped
 * following before anything happens here, so that whatever is not in it can be from the store only.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReplicaTest {
  private static final String STORE = "followed";
  private static final String COPY = "copy_of_followed";
  private static final String USERS = "/v1/customers/" + Tenancy.CUSTOMER + "/users";
  private static final String CHANGES = "/v1/customers/" + Tenancy.CUSTOMER + "/changes";
  private static final String BACK = "https://portal.example/back";
  private static final ApplicationId PORTAL = new ApplicationId(UUID.randomUUID());
  private static final AgentId WAITING = new AgentId(UUID.randomUUID());

  @TempDir private static Path folder;
  private static TestServer server;
  private static String operator = "";
  private static int metrics;

  @BeforeAll
  static void start() throws SQLException {
    SharedStore.createDatabase(STORE, "template1");
    TestServer first = TestServer.start(folder, settings(Map.of()));
    var partners = first.server().directory().partners();
    partners.createApplication(
        new Application(PORTAL, Tenancy.PARTNER, "Portal", false, false, List.of(BACK)), null);
    partners.createAgent(agent(WAITING, "waiting"), Tenancy.AGENT_PASSWORD);
    operator = String.valueOf(first.server().createFirstOperator().orElseThrow().secret());
    first.close();
    SharedStore.createDatabase(COPY, STORE);
    SharedStore.makeReadOnly(COPY);
    metrics = TestServer.freePort();
    server =
        first.beside(
            folder,
            settings(
                Map.of(
                    "store.replica-url",
                    SharedStore.urlOf(COPY),
                    "metrics.port",
                    Integer.toString(metrics))));
  }

  private static Map<String, String> settings(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("store.url", SharedStore.urlOf(STORE));
    settings.put("store.connections", "4");
    settings.put("store.row-level-security", "false"); // not for whoever may do everything
    return settings;
  }

  private static Agent agent(AgentId id, String name) {
    return new Agent(
        id,
        Tenancy.PARTNER,
        name + "@" + Tenancy.PARTNER + ".example",
        name,
        Set.of(Role.ADMIN_AGENT));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static RawRequest lagging(String path) {
    return RawRequest.get(path).header("ConsistencyLevel", "eventual");
  }

  private static void rename(String name) {
    RawAnswer answer =
        server.sendAsAdmin(
            RawRequest.patch(TestServer.foundingPath(), "{\"displayName\":\"" + name + "\"}"));
    assertThat(answer.status()).isEqualTo(200);
  }

  /** What an operator changes. */
  private static void administer(String path, String body) {
    RawAnswer answer = server.send(RawRequest.patch(path, body).token(operator));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
  }

  private static void disable(AgentId agent) {
    administer("/admin/v1/partners/" + Tenancy.PARTNER + "/agents/" + agent, "{\"disabled\":true}");
  }

  @Test
  void readThatMayLagIsOfTheCopyAndAnyOtherOfTheStore() {
    rename("Newest");

    for (String path : List.of(TestServer.foundingPath(), USERS)) {
      assertThat(server.sendAsAdmin(RawRequest.get(path)).text()).contains("Newest");
      assertThat(server.sendAsAdmin(lagging(path)).text())
          .contains("Display name")
          .doesNotContain("Newest");
    }
    assertThat(
            server
                .sendAsAdmin(
                    RawRequest.get(TestServer.foundingPath())
                        .header("consistencylevel", "Eventual"))
                .text())
        .doesNotContain("Newest");
  }

  @ParameterizedTest
  @ValueSource(strings = {"strong", "session", "eventually", ""})
  void whoAsksForSomethingElseReadsTheStore(String level) {
    rename("Not eventual");

    RawAnswer answer =
        server.sendAsAdmin(
            RawRequest.get(TestServer.foundingPath()).header("ConsistencyLevel", level));

    assertThat(answer.text()).contains("Not eventual");
  }

  @Test
  void changeIsMadeInTheStoreWhateverItsReaderBears() {
    RawAnswer changed =
        server.sendAsAdmin(
            RawRequest.patch(TestServer.foundingPath(), "{\"displayName\":\"Changed\"}")
                .header("ConsistencyLevel", "eventual"));

    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.text()).contains("Changed");
    assertThat(server.sendAsAdmin(RawRequest.get(TestServer.foundingPath())).text())
        .contains("Changed");
  }

  @Test
  void rightThatIsGivenOrTakenHoldsAtOnceAlthoughTheCopyDoesNotKnow() {
    String taken = server.tokens().of(Role.SALES_AGENT);
    assertThat(server.send(lagging(USERS).token(taken)).outcome()).isEqualTo("200");
    Agent hired = agent(new AgentId(UUID.randomUUID()), "hired");
    server.server().directory().partners().createAgent(hired, Tenancy.AGENT_PASSWORD);

    disable(server.tenancy().agent(Role.SALES_AGENT).id());

    assertThat(server.send(lagging(USERS).token(taken)).outcome()).isEqualTo("403/2032");
    String given = server.tokens().of(server.tenancy().confidential(), hired);
    assertThat(server.send(lagging(USERS).token(given)).outcome()).isEqualTo("200");
  }

  @Test
  void whoWaitedIsAskedForTheRightInTheStoreOnceMore() throws IOException {
    String token = server.tokens().of(server.tenancy().confidential(), agent(WAITING, "waiting"));
    String end =
        server.sendAsAdmin(RawRequest.get(CHANGES + "?since=now")).json().get("cursor").text();
    try (RawConnection connection = server.connect()) {
      connection.send(lagging(CHANGES + "?wait=30&since=" + end).token(token).bytes());
      Until.met(ReplicaTest::isWaitedFor);

      disable(WAITING);
      rename("Not for who waited");

      assertThat(connection.read().outcome()).isEqualTo("403/2032");
    }
  }

  private static boolean isWaitedFor() throws IOException {
    try (RawConnection connection = new RawConnection(metrics)) {
      return connection
          .exchange(RawRequest.get("/metrics"))
          .text()
          .contains("\nvidame_change_waiters 1");
    }
  }

  /** Who may sign in where is a right, too, and is asked for before anybody has signed in. */
  @Test
  void pageToSignInIsOfTheStore() throws IOException {
    String page =
        "/%s/oauth2/v2.0/authorize?response_type=code&client_id=%s&redirect_uri=%s&scope=openid&code_challenge=%s&code_challenge_method=S256"
            .formatted(
                Tenancy.PARTNER,
                PORTAL,
                "https%3A%2F%2Fportal.example%2Fback",
                "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    assertThat(shown(page)).isEqualTo(200);

    administer(
        "/admin/v1/partners/" + Tenancy.PARTNER + "/applications/" + PORTAL, "{\"disabled\":true}");

    assertThat(shown(page)).isEqualTo(400);
  }

  private static int shown(String page) throws IOException {
    try (RawConnection connection = server.connect()) {
      return connection.exchange(lagging(page)).status();
    }
  }

  @Test
  void storeAnswersWhereTheCopyDoesNot() {
    String nowhere =
        "jdbc:postgresql://127.0.0.1:" + TestServer.freePort() + "/nowhere?user=nobody";
    try (TestServer alone = server.beside(folder, settings(Map.of("store.replica-url", nowhere)))) {
      rename("Of the store");

      for (int i = 0; i < 3; i++) {
        RawAnswer answer = alone.sendAsAdmin(lagging(TestServer.foundingPath()));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("Of the store");
      }
    }
  }
}
