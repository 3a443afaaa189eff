package dev.vidame.directory.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.Directory;
import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.Fixture;
import dev.vidame.directory.Together;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.Partner;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.partners.Role;
import dev.vidame.directory.users.Problem;
import dev.vidame.directory.users.Rule;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is changed of one partner at two servers at once: the second one sees what the first has
 * written, whatever it looks at before it writes.
 */
@Tag("postgresql")
@Timeout(60)
class SeveralServersTest {
  private static final ApplicationId APPLICATION = new ApplicationId(new UUID(3, 3));

  @TempDir private Path folder;
  private Fixture fixture;
  private Directory other;

  @BeforeEach
  void open() throws SQLException {
    fixture = new Fixture(folder);
    other = fixture.store().open(Fixture.OPTIONS.withClock(fixture.clock()));
  }

  @AfterEach
  void close() {
    other.close();
    fixture.close();
  }

  private static ChangeRequest byOperator() {
    return ChangeRequest.once(Actor.operator(Fixture.PARTNER), UUID.randomUUID());
  }

  private static Agent agent(long id, PartnerId partner, Role... roles) {
    return new Agent(
        new AgentId(new UUID(6, id)),
        partner,
        "agent" + id + "@partner.example",
        "Agent",
        Set.of(roles));
  }

  private static void assertRule(Rule rule, DirectoryException e) {
    assertThat(e.failure())
        .isInstanceOfSatisfying(
            Failure.Invalid.class,
            invalid -> assertThat(invalid.problems()).extracting(Problem::rule).containsOnly(rule));
  }

  private static boolean hasAddedSecret(Directory server) {
    try {
      return server
          .applications()
          .addSecret(Fixture.PARTNER, APPLICATION, byOperator())
          .isPresent();
    } catch (DirectoryException e) {
      assertRule(Rule.TOO_MANY_SECRETS, e);
      return false;
    }
  }

  @Test
  void applicationGetsOneMoreSecretOfTwo() throws Exception {
    Applications applications = fixture.directory().applications();
    var _ =
        applications.create(
            new Application(APPLICATION, Fixture.PARTNER, "App", true), byOperator());

    List<Boolean> added =
        Together.runIntoLock(
            fixture.store(),
            "lock table application_secrets in share mode",
            List.of(() -> hasAddedSecret(fixture.directory()), () -> hasAddedSecret(other)));

    assertThat(added).containsExactly(true, false);
    assertThat(applications.secrets(Fixture.PARTNER, APPLICATION).orElseThrow())
        .hasSize(Applications.MOST_SECRETS);
  }

  private static boolean hasTakenRole(Directory server, Agent from, Agent by) {
    ChangeRequest request =
        ChangeRequest.once(new Actor(by.partner(), by.id(), APPLICATION), UUID.randomUUID());
    try {
      return server
          .agents()
          .update(from.partner(), from.id(), new Agents.Update(null, Set.of(), null), request)
          .isPresent();
    } catch (DirectoryException e) {
      assertRule(Rule.LAST_ADMIN_AGENT, e);
      return false;
    }
  }

  @Test
  void ofTwoWhoTakeTheRoleFromEachOtherOneKeepsIt() throws Exception {
    Agent one = agent(1, Fixture.PARTNER, Role.ADMIN_AGENT);
    Agent two = agent(2, Fixture.PARTNER, Role.ADMIN_AGENT);
    for (Agent agent : List.of(one, two)) {
      fixture.directory().partners().createAgent(agent, "Correct-Horse-7");
    }

    List<Boolean> taken =
        Together.runIntoLock(
            fixture.store(),
            "lock table agents in share mode",
            List.of(
                () -> hasTakenRole(fixture.directory(), one, two),
                () -> hasTakenRole(other, two, one)));

    assertThat(taken).containsExactly(true, false);
    assertThat(other.agents().get(two.partner(), two.id())).contains(two);
  }

  @Test
  void partnerThatIsBeingDeletedGetsNoAgent() throws Exception {
    PartnerId partner = new PartnerId(new UUID(8, 8));
    fixture.directory().partners().create(new Partner(partner, "Going"));

    List<Boolean> done =
        Together.runIntoLock(
            fixture.store(),
            "lock table refresh_tokens in share mode",
            List.of(
                () ->
                    fixture.directory().partnerRegistry().delete(partner, byOperator()).isPresent(),
                () ->
                    other
                        .agents()
                        .create(agent(1, partner), "Correct-Horse-7", byOperator())
                        .isPresent()));

    assertThat(done).containsExactly(true, false);
    assertThat(fixture.count("select count(*) from agents")).isZero();
  }
}
