package dev.vidame.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.GranularRole;
import dev.vidame.directory.partners.GranularRoles;
import dev.vidame.directory.partners.Role;
import dev.vidame.directory.partners.Standings.Standing;
import dev.vidame.directory.users.UpdateReach;
import dev.vidame.server.access.AccessDecision.Allow;
import dev.vidame.server.access.AccessDecision.AllowWithin;
import dev.vidame.server.access.AccessDecision.Deny;
import dev.vidame.server.access.AccessDecision.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every combination of caller, operation, relationship and roles. */
class AccessDecisionTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final Set<Role> ADMINS = EnumSet.of(Role.ADMIN_AGENT);
  private static final Set<Role> SELLERS = EnumSet.of(Role.ADMIN_AGENT, Role.SALES_AGENT);
  private static final Set<Role> SUPPORT = EnumSet.of(Role.ADMIN_AGENT, Role.HELPDESK_AGENT);
  private static final Set<Role> READERS =
      EnumSet.of(Role.ADMIN_AGENT, Role.HELPDESK_AGENT, Role.SALES_AGENT);

  /** Wire-spec §0.5. */
  private static final Map<Operation, Set<Role>> SUFFICIENT =
      Map.ofEntries(
          Map.entry(Operation.LIST_CUSTOMERS, READERS),
          Map.entry(Operation.GET_CUSTOMER, READERS),
          Map.entry(Operation.CREATE_CUSTOMER, SELLERS),
          Map.entry(Operation.DELETE_CUSTOMER, ADMINS),
          Map.entry(Operation.REMOVE_RELATIONSHIP, SELLERS),
          Map.entry(Operation.GET_COMPANY_PROFILE, READERS),
          Map.entry(Operation.GET_BILLING_PROFILE, READERS),
          Map.entry(Operation.UPDATE_BILLING_PROFILE, SELLERS),
          Map.entry(Operation.CHECK_DOMAIN, READERS),
          Map.entry(Operation.ADD_VERIFIED_DOMAIN, ADMINS),
          Map.entry(Operation.CREATE_USER, ADMINS),
          Map.entry(Operation.LIST_USERS, READERS),
          Map.entry(Operation.LIST_DELETED_USERS, SUPPORT),
          Map.entry(Operation.GET_USER, READERS),
          Map.entry(Operation.UPDATE_USER, ADMINS),
          Map.entry(Operation.RESET_PASSWORD, ADMINS),
          Map.entry(Operation.DELETE_USER, ADMINS),
          Map.entry(Operation.LIST_DIRECTORY_ROLES, SUPPORT),
          Map.entry(Operation.LIST_ROLE_MEMBERS, SUPPORT),
          Map.entry(Operation.ADD_ROLE_MEMBER, ADMINS),
          Map.entry(Operation.REMOVE_ROLE_MEMBER, ADMINS),
          Map.entry(Operation.LIST_USER_ROLES, SUPPORT),
          Map.entry(Operation.LIST_SUBSCRIBED_SKUS, READERS),
          Map.entry(Operation.LIST_USER_LICENSES, SUPPORT),
          Map.entry(Operation.UPDATE_USER_LICENSES, ADMINS),
          Map.entry(Operation.LIST_AUDIT_RECORDS, ADMINS),
          Map.entry(Operation.GET_AUDIT_RECORD, ADMINS),
          Map.entry(Operation.READ_CHANGES, ADMINS),
          Map.entry(Operation.REVERT_USER, ADMINS),
          Map.entry(Operation.ASK_FOR_OTHER_SERVICES, READERS),
          Map.entry(Operation.LIST_AGENTS, ADMINS),
          Map.entry(Operation.GET_AGENT, ADMINS),
          Map.entry(Operation.CREATE_AGENT, ADMINS),
          Map.entry(Operation.UPDATE_AGENT, ADMINS),
          Map.entry(Operation.RESET_AGENT_PASSWORD, ADMINS),
          Map.entry(Operation.REMOVE_AGENT_FACTOR, ADMINS),
          Map.entry(Operation.GIVE_AGENT_ROLE, ADMINS),
          Map.entry(Operation.TAKE_AGENT_ROLE, ADMINS),
          Map.entry(Operation.LIST_APPLICATIONS, ADMINS),
          Map.entry(Operation.GET_APPLICATION, ADMINS),
          Map.entry(Operation.CREATE_APPLICATION, ADMINS),
          Map.entry(Operation.UPDATE_APPLICATION, ADMINS),
          Map.entry(Operation.ADD_APPLICATION_SECRET, ADMINS),
          Map.entry(Operation.REMOVE_APPLICATION_SECRET, ADMINS),
          Map.entry(Operation.REMOVE_APPLICATION_KEY, ADMINS),
          Map.entry(Operation.EXPLAIN_ACCESS, ADMINS),
          Map.entry(Operation.EXPLAIN_OWN_ACCESS, EnumSet.allOf(Role.class)));

  /** What an agent without any role may do, too. */
  private static final Set<Operation> OF_EVERY_AGENT = EnumSet.of(Operation.EXPLAIN_OWN_ACCESS);

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
      boolean isEnough =
          OF_EVERY_AGENT.contains(operation) || roles.stream().anyMatch(sufficient::contains);

      assertThat(decide(operation, new Standing(roles, true)))
          .as("%s with %s", operation, roles)
          .isEqualTo(isEnough ? new Allow() : otherwise(operation, roles));
    }
  }

  /** Wire-spec §0.5: passwords of accounts without a directory role, on both routes. */
  private static AccessDecision otherwise(Operation operation, Set<Role> roles) {
    boolean canReset = operation == Operation.UPDATE_USER || operation == Operation.RESET_PASSWORD;
    return canReset && roles.contains(Role.HELPDESK_AGENT)
        ? new AllowWithin(UpdateReach.ORDINARY_RESETS)
        : new Deny(Reason.ROLE_TOO_WEAK);
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void withoutARelationshipNoRoleHelps(Operation operation) {
    for (Set<Role> roles : roleSets()) {
      assertThat(decide(operation, new Standing(roles, false)))
          .isEqualTo(new Deny(Reason.NO_RELATIONSHIP));
    }
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void deletedCustomerOfOnesOwnIsGoneForEveryRole(Operation operation) {
    for (Set<Role> roles : roleSets()) {
      assertThat(decide(operation, new Standing(roles, false, true)))
          .isEqualTo(new Deny(Reason.TENANT_GONE));
    }
  }

  private static AccessDecision decide(Operation operation, Standing standing) {
    return AccessDecision.decide(true, operation, Optional.of(standing), NOW);
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void agentThatIsUnknownMayDoNothing(Operation operation) {
    assertThat(AccessDecision.decide(true, operation, Optional.empty(), NOW))
        .isEqualTo(new Deny(Reason.UNKNOWN_CALLER));
  }

  /** Wire-spec §0.4. */
  private static final Set<Operation> OPEN_TO_APPLICATIONS =
      EnumSet.of(
          Operation.LIST_CUSTOMERS,
          Operation.GET_CUSTOMER,
          Operation.CREATE_CUSTOMER,
          Operation.DELETE_CUSTOMER,
          Operation.GET_BILLING_PROFILE,
          Operation.UPDATE_BILLING_PROFILE,
          Operation.CHECK_DOMAIN,
          Operation.ADD_VERIFIED_DOMAIN,
          Operation.LIST_AUDIT_RECORDS,
          Operation.GET_AUDIT_RECORD,
          Operation.ASK_FOR_OTHER_SERVICES);

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

  /** Wire-spec §10, row 14: what a user administrator may, and nothing that is no account's. */
  @ParameterizedTest
  @EnumSource(Operation.class)
  void applicationThatIsLetMayDoWhatAUserAdministratorMay(Operation operation) {
    boolean isOpen = OPEN_TO_APPLICATIONS.contains(operation);
    GranularRole role = GranularRole.USER_ADMINISTRATOR;
    Standing let = with(Set.of(), role, Instant.MAX);
    GranularRoles held = let.granularRoles();
    AccessDecision ofAgent = decide(operation, let);
    boolean isLet = !isOpen && !OF_EVERY_AGENT.contains(operation) && !(ofAgent instanceof Deny);

    assertThat(alone(operation, Optional.of(let)))
        .isEqualTo(isOpen ? new Allow() : isLet ? ofAgent : new Deny(Reason.APPLICATION_ONLY));
    assertThat(alone(operation, Optional.of(new Standing(Set.of(), false, false, true, held))))
        .isEqualTo(new Deny(isOpen || isLet ? Reason.NO_RELATIONSHIP : Reason.APPLICATION_ONLY));
    assertThat(alone(operation, Optional.of(new Standing(Set.of(), true, false, false, held))))
        .isEqualTo(new Deny(isOpen || isLet ? Reason.SECRET_GONE : Reason.APPLICATION_ONLY));
  }

  private static AccessDecision alone(Operation operation, Optional<Standing> standing) {
    return AccessDecision.decide(false, operation, standing, NOW);
  }

  /** Wire-spec §0.5, the first letters of each role; in parentheses those that reach less far. */
  private static final Map<Operation, String> GRANULAR =
      Map.ofEntries(
          Map.entry(Operation.CREATE_USER, "UA DW"),
          Map.entry(Operation.LIST_USERS, "UA DR GR"),
          Map.entry(Operation.LIST_DELETED_USERS, "UA DR GR"),
          Map.entry(Operation.GET_USER, "UA DR GR"),
          Map.entry(Operation.UPDATE_USER, "(UA) (DW)"),
          Map.entry(Operation.RESET_PASSWORD, "(UA) PAA"),
          Map.entry(Operation.DELETE_USER, "UA"),
          Map.entry(Operation.LIST_DIRECTORY_ROLES, "UA DW DR GR PRA"),
          Map.entry(Operation.LIST_ROLE_MEMBERS, "UA DW DR GR PRA"),
          Map.entry(Operation.LIST_USER_ROLES, "UA DW DR GR PRA"),
          Map.entry(Operation.ADD_ROLE_MEMBER, "PRA"),
          Map.entry(Operation.REMOVE_ROLE_MEMBER, "PRA"),
          Map.entry(Operation.LIST_SUBSCRIBED_SKUS, "UA DR GR LA"),
          Map.entry(Operation.LIST_USER_LICENSES, "UA DW DR LA"),
          Map.entry(Operation.UPDATE_USER_LICENSES, "UA DW LA"),
          Map.entry(Operation.REVERT_USER, "UA DW"));

  private static String letters(GranularRole role) {
    return role.name().replaceAll("([A-Z])[A-Z]*_?", "$1");
  }

  private static AccessDecision wantedOf(Operation operation, GranularRole role) {
    if (OF_EVERY_AGENT.contains(operation)) {
      return new Allow();
    }
    List<String> words = Arrays.asList(GRANULAR.getOrDefault(operation, "").split(" ", -1));
    if (words.contains(letters(role))) {
      return new Allow();
    }
    UpdateReach reach =
        operation == Operation.UPDATE_USER
            ? UpdateReach.ORDINARY_PASSWORDS
            : UpdateReach.ORDINARY_RESETS;
    return words.contains("(" + letters(role) + ")")
        ? new AllowWithin(reach)
        : new Deny(Reason.ROLE_TOO_WEAK);
  }

  private static Standing with(Set<Role> roles, GranularRole role, Instant end) {
    return new Standing(
        roles, true, false, true, new GranularRoles(List.of(new GranularRoles.Held(role, end))));
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void roleOnTheCustomerDoesUntilItsEndAndNotAtIt(Operation operation) {
    for (GranularRole role : GranularRole.values()) {
      assertThat(decide(operation, with(Set.of(), role, NOW.plusNanos(1000))))
          .as("%s with %s", operation, role)
          .isEqualTo(wantedOf(operation, role));
      assertThat(decide(operation, with(Set.of(), role, NOW)))
          .isEqualTo(
              OF_EVERY_AGENT.contains(operation) ? new Allow() : new Deny(Reason.ROLE_TOO_WEAK));
    }
  }

  /** So that whoever gives roles and applications gives nobody more than they have. */
  @ParameterizedTest
  @EnumSource(Operation.class)
  void adminAgentMayDoWhateverAnyRoleOrApplicationMay(Operation operation) {
    assertThat(decide(operation, new Standing(ADMINS, true))).isEqualTo(new Allow());
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void roleOnTheCustomerHelpsNobodyWithoutARelationship(Operation operation) {
    for (GranularRole role : GranularRole.values()) {
      GranularRoles held = with(Set.of(), role, NOW.plusSeconds(1)).granularRoles();

      assertThat(decide(operation, new Standing(Set.of(), false, false, true, held)))
          .isEqualTo(new Deny(Reason.NO_RELATIONSHIP));
      assertThat(decide(operation, new Standing(Set.of(), false, true, true, held)))
          .isEqualTo(new Deny(Reason.TENANT_GONE));
    }
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void rolesNeverTakeAnythingFromEachOther(Operation operation) {
    for (Set<Role> roles : roleSets()) {
      AccessDecision alone = decide(operation, new Standing(roles, true));
      for (GranularRole role : GranularRole.values()) {
        AccessDecision both = decide(operation, with(roles, role, NOW.plusSeconds(1)));

        assertThat(rank(both))
            .as("%s with %s and %s", operation, roles, role)
            .isEqualTo(Math.max(rank(alone), rank(wantedOf(operation, role))));
      }
    }
  }

  private static int rank(AccessDecision decision) {
    return switch (decision) {
      case Allow all -> 3;
      case AllowWithin(UpdateReach reach) -> reach == UpdateReach.ORDINARY_PASSWORDS ? 2 : 1;
      case Deny no -> 0;
    };
  }
}
