package dev.vidame.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.Role;
import dev.vidame.directory.partners.Standings.Standing;
import dev.vidame.server.access.AccessDecision.Allow;
import dev.vidame.server.access.AccessDecision.Deny;
import dev.vidame.server.access.AccessDecision.Reason;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every combination of caller, operation, relationship and roles. */
class AccessDecisionTest {
  /** Wire-spec §0.5. */
  private static final Map<Operation, Set<Role>> SUFFICIENT =
      Map.of(
          Operation.LIST_CUSTOMERS,
              EnumSet.of(Role.ADMIN_AGENT, Role.HELPDESK_AGENT, Role.SALES_AGENT),
          Operation.CREATE_USER, EnumSet.of(Role.ADMIN_AGENT),
          Operation.UPDATE_USER, EnumSet.of(Role.ADMIN_AGENT),
          Operation.RESET_PASSWORD, EnumSet.of(Role.ADMIN_AGENT),
          Operation.DELETE_USER, EnumSet.of(Role.ADMIN_AGENT),
          Operation.GET_USER, EnumSet.of(Role.ADMIN_AGENT, Role.HELPDESK_AGENT, Role.SALES_AGENT),
          Operation.LIST_USERS,
              EnumSet.of(Role.ADMIN_AGENT, Role.HELPDESK_AGENT, Role.SALES_AGENT));

  private static List<Set<Role>> roleSets() {
    List<Set<Role>> sets = new ArrayList<>();
    Role[] roles = Role.values();
    for (int bits = 0; bits < 1 << roles.length; bits++) {
      Set<Role> set = EnumSet.noneOf(Role.class);
      for (int i = 0; i < roles.length; i++) {
        if ((bits >> i & 1) == 1) {
          set.add(roles[i]);
        }
      }
      sets.add(set);
    }
    return sets;
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void agentWithARelationshipNeedsOneOfTheRoles(Operation operation) {
    Set<Role> sufficient = SUFFICIENT.getOrDefault(operation, Set.of());
    assertThat(sufficient).as("every operation is in the table").isNotEmpty();

    for (Set<Role> roles : roleSets()) {
      boolean isEnough = roles.stream().anyMatch(sufficient::contains);

      assertThat(decide(operation, new Standing(roles, true)))
          .as("%s with %s", operation, roles)
          .isEqualTo(isEnough ? new Allow() : new Deny(Reason.ROLE_TOO_WEAK));
    }
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void withoutARelationshipNoRoleHelps(Operation operation) {
    for (Set<Role> roles : roleSets()) {
      assertThat(decide(operation, new Standing(roles, false)))
          .isEqualTo(new Deny(Reason.NO_RELATIONSHIP));
    }
  }

  private static AccessDecision decide(Operation operation, Standing standing) {
    return AccessDecision.decide(true, operation, Optional.of(standing));
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void agentThatIsUnknownMayDoNothing(Operation operation) {
    assertThat(AccessDecision.decide(true, operation, Optional.empty()))
        .isEqualTo(new Deny(Reason.UNKNOWN_CALLER));
  }

  /** Wire-spec §0.4. */
  private static final Set<Operation> OPEN_TO_APPLICATIONS = EnumSet.of(Operation.LIST_CUSTOMERS);

  @ParameterizedTest
  @EnumSource(Operation.class)
  void applicationAloneMayDoOnlyWhatIsOpenToItAndForItsOwn(Operation operation) {
    boolean isOpen = OPEN_TO_APPLICATIONS.contains(operation);
    for (Set<Role> roles : roleSets()) {
      assertThat(alone(operation, Optional.of(new Standing(roles, true))))
          .isEqualTo(isOpen ? new Allow() : new Deny(Reason.APPLICATION_ONLY));
      assertThat(alone(operation, Optional.of(new Standing(roles, false))))
          .isEqualTo(new Deny(isOpen ? Reason.NO_RELATIONSHIP : Reason.APPLICATION_ONLY));
    }
    assertThat(alone(operation, Optional.empty()))
        .isEqualTo(new Deny(isOpen ? Reason.UNKNOWN_CALLER : Reason.APPLICATION_ONLY));
  }

  private static AccessDecision alone(Operation operation, Optional<Standing> standing) {
    return AccessDecision.decide(false, operation, standing);
  }
}
