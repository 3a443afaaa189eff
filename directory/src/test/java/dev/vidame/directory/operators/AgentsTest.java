package dev.vidame.directory.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.Fixture;
import dev.vidame.directory.Together;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.Role;
import dev.vidame.directory.users.Problem;
import dev.vidame.directory.users.Rule;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a partner's agents may do to each other; operators may do all of it. */
class AgentsTest {
  private static final Agents.Update WITHOUT_ROLES = new Agents.Update(null, Set.of(), null);
  private static final Agents.Update DISABLED = new Agents.Update(null, null, true);

  @TempDir private Path folder;
  private Fixture fixture;

  @BeforeEach
  void open() throws SQLException {
    fixture = new Fixture(folder);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private Agents agents() {
    return fixture.directory().agents();
  }

  private Agent agent(Role... roles) {
    AgentId id = new AgentId(UUID.randomUUID());
    return fixture
        .directory()
        .partners()
        .createAgent(
            new Agent(id, Fixture.PARTNER, id + "@partner.example", "Agent", Set.of(roles)),
            "Correct-Horse-7");
  }

  private static ChangeRequest by(Agent agent) {
    return ChangeRequest.once(
        new Actor(agent.partner(), agent.id(), new ApplicationId(new UUID(3, 3))),
        UUID.randomUUID());
  }

  private static ChangeRequest byOperator() {
    return ChangeRequest.once(Actor.operator(Fixture.PARTNER), UUID.randomUUID());
  }

  private Agent stored(Agent agent) {
    return agents().get(agent.partner(), agent.id()).orElseThrow();
  }

  private static Rule refused(ThrowingCallable work) {
    DirectoryException refusal = catchThrowableOfType(DirectoryException.class, work);
    assertThat(refusal).isNotNull();
    assertThat(refusal.failure()).isInstanceOf(Failure.Invalid.class);
    List<Problem> problems = ((Failure.Invalid) refusal.failure()).problems();
    return problems.getFirst().rule();
  }

  @Test
  void lastAdminAgentNeitherLosesTheRoleNorIsDisabled() {
    Agent last = agent(Role.ADMIN_AGENT);
    Agent disabled = agent(Role.ADMIN_AGENT);
    Agent helpdesk = agent(Role.HELPDESK_AGENT, Role.USER_MANAGEMENT_ADMIN);
    var _ = agents().update(Fixture.PARTNER, disabled.id(), DISABLED, byOperator());

    for (Agents.Update update : List.of(WITHOUT_ROLES, DISABLED)) {
      assertThat(refused(() -> agents().update(Fixture.PARTNER, last.id(), update, by(helpdesk))))
          .isEqualTo(Rule.LAST_ADMIN_AGENT);
    }

    assertThat(stored(last)).isEqualTo(last);
    Agents.Update name = new Agents.Update("Other", Set.of(Role.ADMIN_AGENT), null);
    assertThat(agents().update(Fixture.PARTNER, last.id(), name, by(last))).isPresent();
    assertThat(agents().update(Fixture.PARTNER, helpdesk.id(), DISABLED, by(last))).isPresent();
  }

  @Test
  void oneOfTwoAdminAgentsMayGo() {
    Agent one = agent(Role.ADMIN_AGENT, Role.BILLING_ADMIN);
    Agent two = agent(Role.ADMIN_AGENT);

    assertThat(agents().update(Fixture.PARTNER, two.id(), WITHOUT_ROLES, by(one))).isPresent();
    assertThat(refused(() -> agents().update(Fixture.PARTNER, one.id(), DISABLED, by(two))))
        .isEqualTo(Rule.LAST_ADMIN_AGENT);
  }

  @Test
  void operatorMayTakeTheLast() {
    Agent last = agent(Role.ADMIN_AGENT);

    assertThat(agents().update(Fixture.PARTNER, last.id(), WITHOUT_ROLES, byOperator()))
        .isPresent();
    assertThat(stored(last).roles()).isEmpty();
  }

  @Test
  void ofManyWhoTakeTheRoleFromEachOtherOneKeepsIt() throws Exception {
    List<Agent> admins = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      admins.add(agent(Role.ADMIN_AGENT));
    }

    List<Boolean> done =
        Together.run(
            admins.size(),
            i ->
                () -> {
                  Agent next = admins.get((i + 1) % admins.size());
                  try {
                    return agents()
                        .update(Fixture.PARTNER, next.id(), WITHOUT_ROLES, by(admins.get(i)))
                        .isPresent();
                  } catch (DirectoryException e) {
                    return false;
                  }
                });

    assertThat(done).filteredOn(isDone -> !isDone).hasSize(1);
    assertThat(admins.stream().map(this::stored))
        .filteredOn(agent -> agent.roles().contains(Role.ADMIN_AGENT))
        .hasSize(1);
  }

  @Test
  void nobodyChangesWhatTheySignInWith() {
    Agent one = agent(Role.ADMIN_AGENT);
    Agent two = agent(Role.ADMIN_AGENT);
    String password = "Another-Horse-8";
    AgentFactors factors = fixture.directory().agentFactors();

    assertThat(refused(() -> agents().resetPassword(Fixture.PARTNER, one.id(), password, by(one))))
        .isEqualTo(Rule.OWN_SIGN_IN);
    assertThat(refused(() -> factors.remove(Fixture.PARTNER, one.id(), by(one))))
        .isEqualTo(Rule.OWN_SIGN_IN);

    assertThat(fixture.directory().partners().signIn(one.userPrincipalName(), password)).isEmpty();
    assertThat(agents().resetPassword(Fixture.PARTNER, one.id(), password, by(two))).isPresent();
    assertThat(fixture.directory().partners().signIn(one.userPrincipalName(), password))
        .isPresent();
    assertThat(agents().resetPassword(Fixture.PARTNER, two.id(), password, byOperator()))
        .isPresent();
  }
}
