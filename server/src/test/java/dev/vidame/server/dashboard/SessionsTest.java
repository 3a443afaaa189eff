package dev.vidame.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.Directory;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.operators.Agents;
import dev.vidame.directory.operators.Applications;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
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
