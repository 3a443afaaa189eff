package dev.vidame.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.Directory;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.operators.Agents;
import dev.vidame.directory.operators.Applications;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.Authenticator;
import dev.vidame.server.harness.OwnServers;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.SharedStore;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** How long people stay signed in, and what ends it. */
class SessionsTest {
  private static final String PAGE = "/dashboard/customers";

  @RegisterExtension private final OwnServers servers = new OwnServers();

  @TempDir private Path folder;

  private TestServer start(Map<String, String> settings) {
    return servers.start(folder, settings);
  }

  private static Agent admin(TestServer server) {
    return server.tenancy().agent(Role.ADMIN_AGENT);
  }

  private static ChangeRequest request() {
    return ChangeRequest.once(Actor.operator(Tenancy.PARTNER), UUID.randomUUID());
  }

  @Test
  void sessionEndsWhenItIsNotUsed() {
    TestServer here = start(Map.of("dashboard.session-idle-minutes", "10"));
    Visitor visitor = Visitor.signedIn(here, admin(here));

    here.clock().advance(Duration.ofMinutes(10).minusSeconds(1));
    assertThat(visitor.get(PAGE).status()).isEqualTo(200);
    here.clock().advance(Duration.ofMinutes(10).minusSeconds(1));
    assertThat(visitor.get(PAGE).status()).isEqualTo(200);
    here.clock().advance(Duration.ofMinutes(10));

    assertThat(visitor.get(PAGE).status()).isEqualTo(303);
  }

  @Test
  void sessionEndsInAnyCase() {
    TestServer here =
        start(Map.of("dashboard.session-idle-minutes", "60", "dashboard.session-hours", "2"));
    Visitor visitor = Visitor.signedIn(here, admin(here));

    here.clock().advance(Duration.ofMinutes(59));
    assertThat(visitor.get(PAGE).status()).isEqualTo(200);
    here.clock().advance(Duration.ofMinutes(59));
    assertThat(visitor.get(PAGE).status()).isEqualTo(200);
    here.clock().advance(Duration.ofMinutes(2));

    assertThat(visitor.get(PAGE).status()).isEqualTo(303);
  }

  @Test
  void agentWhoIsDisabledIsOutAtOnce() {
    TestServer here = start(Map.of());
    Visitor visitor = Visitor.signedIn(here, admin(here));

    var _ =
        here.server()
            .directory()
            .agents()
            .update(
                Tenancy.PARTNER, admin(here).id(), new Agents.Update(null, null, true), request());

    assertThat(visitor.get(PAGE).status()).isEqualTo(303);
  }

  @Test
  void agentWithAnotherPasswordIsOutAtOnce() {
    TestServer here = start(Map.of());
    Visitor visitor = Visitor.signedIn(here, admin(here));

    var _ =
        here.server()
            .directory()
            .agents()
            .resetPassword(Tenancy.PARTNER, admin(here).id(), "Another-Horse-78", request());

    assertThat(visitor.get(PAGE).status()).isEqualTo(303);
  }

  @Test
  void roleThatIsTakenIsGoneAtOnce() {
    TestServer here = start(Map.of());
    Visitor visitor = Visitor.signedIn(here, admin(here));

    var _ =
        here.server()
            .directory()
            .agents()
            .update(
                Tenancy.PARTNER,
                admin(here).id(),
                new Agents.Update(null, Set.of(Role.USER_MANAGEMENT_ADMIN), null),
                request());

    assertThat(visitor.get(PAGE).status()).isEqualTo(403);
  }

  @Test
  void operatorCanCloseThePagesToAPartner() {
    TestServer here = start(Map.of());
    Visitor visitor = Visitor.signedIn(here, admin(here));
    Directory directory = here.server().directory();

    var _ =
        directory
            .applications()
            .update(
                Tenancy.PARTNER,
                OwnApplications.of(Tenancy.PARTNER),
                new Applications.Update(null, true, null),
                request());

    assertThat(visitor.get(PAGE).status()).isEqualTo(403);
    Visitor other = Visitor.signedIn(here, here.tenancy().otherAdmin());
    assertThat(other.get(PAGE).status()).isEqualTo(200);
  }

  @Test
  void otherSecondFactorEndsWhatWasThereBefore() {
    TestServer here = start(Map.of());
    Visitor visitor = Visitor.signedIn(here, admin(here));

    var _ = Authenticator.enrol(here, admin(here));

    assertThat(visitor.get(PAGE).status()).isEqualTo(303);
  }

  @Test
  void restartEndsNoSession() {
    TestServer here = start(Map.of());
    Visitor visitor = Visitor.signedIn(here, admin(here));
    String user = PAGE + "/" + Tenancy.CUSTOMER + "/users/" + Tenancy.USER;
    var _ = visitor.submit(user, user, Map.of("displayName", "Before the restart"));

    try (TestServer again = here.restart(folder)) {
      Visitor same = visitor.at(again);

      assertThat(same.get(user).text()).contains("Before the restart was saved.");
      RawAnswer saved = same.submit(user, user, Map.of("displayName", "After it"));
      assertThat(saved.status()).isEqualTo(303);
    }
  }

  /** Who has the store has neither the cookie nor the token of forms nor what a page told. */
  @Test
  void stolenRowIsNoCookieAndTellsNothing() throws SQLException {
    TestServer here = start(Map.of());
    Visitor visitor = Visitor.signedIn(here, admin(here));
    String key = String.valueOf(visitor.cookies().get("vidame-session"));
    String user = PAGE + "/" + Tenancy.CUSTOMER + "/users/" + Tenancy.USER;
    RawAnswer form = visitor.get(user + "/password");
    String token = String.valueOf(Visitor.hidden(form.text()).get("form_token"));
    var _ = visitor.submit(user, user, Map.of("displayName", "Told"));
    var _ = visitor.submit(form, user + "/password", Map.of());

    List<byte[]> row = sessionRow();

    RawAnswer shown = visitor.get(user + "/password");
    Matcher password =
        Pattern.compile("<code id=\"new-password\">([^<]+)</code>").matcher(shown.text());
    assertThat(password.find()).isTrue();
    assertThat(shown.text()).contains("Told was saved.");
    for (byte[] value : row) {
      String text = new String(value, StandardCharsets.ISO_8859_1);
      assertThat(text).doesNotContain(key, token, password.group(1), "saved", "Told");
      assertThat(value).isNotEqualTo(Base64.getUrlDecoder().decode(key));
      Visitor thief = new Visitor(here, "en");
      thief
          .cookies()
          .put("vidame-session", Base64.getUrlEncoder().withoutPadding().encodeToString(value));
      assertThat(thief.get(PAGE).status()).isEqualTo(303);
    }
  }

  private List<byte[]> sessionRow() throws SQLException {
    List<byte[]> values = new ArrayList<>();
    try (Connection connection = SharedStore.connect(folder);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select * from dashboard_sessions")) {
      assertThat(rows.next()).isTrue();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        byte[] value = rows.getBytes(i);
        if (value != null) {
          values.add(value);
        }
      }
      assertThat(rows.next()).isFalse();
    }
    return values;
  }

  @Test
  void agentHasOnlySoManySessions() {
    TestServer here = start(Map.of("dashboard.sessions-per-agent", "2"));
    Visitor first = Visitor.signedIn(here, admin(here));
    here.clock().advance(Duration.ofSeconds(1));
    Visitor second = Visitor.signedIn(here, admin(here));
    here.clock().advance(Duration.ofSeconds(1));
    assertThat(first.get(PAGE).status()).as("is now the one used last").isEqualTo(200);
    here.clock().advance(Duration.ofSeconds(1));

    Visitor third = Visitor.signedIn(here, admin(here));

    assertThat(first.get(PAGE).status()).isEqualTo(200);
    assertThat(second.get(PAGE).status()).isEqualTo(303);
    assertThat(third.get(PAGE).status()).isEqualTo(200);
  }

  @Test
  void thereAreOnlySoManySessions() {
    TestServer here = start(Map.of("dashboard.most-sessions", "2"));
    Visitor first = Visitor.signedIn(here, admin(here));
    here.clock().advance(Duration.ofSeconds(1));
    Visitor second = Visitor.signedIn(here, here.tenancy().agent(Role.HELPDESK_AGENT));
    here.clock().advance(Duration.ofSeconds(1));

    Visitor third = Visitor.signedIn(here, here.tenancy().otherAdmin());

    assertThat(first.get(PAGE).status()).isEqualTo(303);
    assertThat(second.get(PAGE).status()).isEqualTo(200);
    assertThat(third.get(PAGE).status()).isEqualTo(200);
  }

  @Test
  void inventedKeyOpensNothing() {
    TestServer here = start(Map.of());
    Visitor visitor = new Visitor(here, "en");
    visitor.cookies().put("vidame-session", "A".repeat(43));

    RawAnswer answer = visitor.get(PAGE);

    assertThat(answer.status()).isEqualTo(303);
  }

  @Test
  void partnerGetsAnApplicationWhenItsFirstAgentSignsIn() {
    TestServer here = start(Map.of());
    Visitor visitor = Visitor.signedIn(here, admin(here));

    assertThat(visitor.get(PAGE).status()).isEqualTo(200);
    assertThat(
            here.server()
                .directory()
                .applications()
                .get(Tenancy.PARTNER, OwnApplications.of(Tenancy.PARTNER)))
        .hasValueSatisfying(made -> {
          assertThat(made.name()).isEqualTo("Dashboard");
          assertThat(made.isConfidential()).isTrue();
        });
  }
}
