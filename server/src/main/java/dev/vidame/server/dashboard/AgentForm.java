package dev.vidame.server.dashboard;

import dev.vidame.directory.operators.Agents;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.registration.GivenTexts;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * An agent as a form has it. Immutable.
 *
 * @param userPrincipalName the sign-in name; empty where it cannot be changed
 * @param displayName what people call it
 * @param roles those that are wanted
 * @param nameBefore what people called it when the form was made
 * @param rolesBefore those that it had when the form was made
 */
@SuppressWarnings("TooManyParameters") // the fields of the form
record AgentForm(
    String userPrincipalName,
    String displayName,
    Set<Role> roles,
    String nameBefore,
    Set<Role> rolesBefore) {
  private static final String ROLE = "role.";
  private static final String WAS = "was.";

  AgentForm {
    roles = Set.copyOf(roles);
    rolesBefore = Set.copyOf(rolesBefore);
  }

  static AgentForm empty() {
    return new AgentForm("", "", Set.of(), "", Set.of());
  }

  static AgentForm of(Agent agent) {
    return new AgentForm(
        agent.userPrincipalName(),
        agent.displayName(),
        agent.roles(),
        agent.displayName(),
        agent.roles());
  }

  static AgentForm of(Form form) {
    return new AgentForm(
        form.field("userPrincipalName"),
        form.field("displayName"),
        roles(role -> form.field(name(role)).equals("on")),
        form.field(WAS + "displayName"),
        roles(role -> form.field(nameBefore(role)).equals("on")));
  }

  private static Set<Role> roles(Predicate<Role> isThere) {
    return Arrays.stream(Role.values())
        .filter(isThere)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class)));
  }

  /** The field of a role. */
  static String name(Role role) {
    return ROLE + RoleTexts.code(role);
  }

  /** The field that says whether it had the role. */
  static String nameBefore(Role role) {
    return WAS + name(role);
  }

  /** What is wrong with it, where it is to be a new one. */
  Faults faultsOfNew() {
    return Faults.none()
        .add("userPrincipalName", GivenTexts.faultOfPrincipalName(userPrincipalName))
        .add("displayName", GivenTexts.fault(displayName));
  }

  /** What is wrong with it, where one is to change. */
  Faults faultsOfChange() {
    return displayName.equals(nameBefore)
        ? Faults.none()
        : Faults.none().add("displayName", GivenTexts.fault(displayName));
  }

  boolean isUnchanged() {
    return displayName.equals(nameBefore) && roles.equals(rolesBefore);
  }

  /** What the reader changed, and nothing else, of an agent as it is by now. */
  Agents.Update toUpdate(Agent now) {
    Set<Role> wanted = EnumSet.noneOf(Role.class);
    wanted.addAll(now.roles());
    roles.stream().filter(role -> !rolesBefore.contains(role)).forEach(wanted::add);
    rolesBefore.stream().filter(role -> !roles.contains(role)).forEach(wanted::remove);
    return new Agents.Update(
        displayName.equals(nameBefore) ? null : displayName,
        roles.equals(rolesBefore) ? null : wanted,
        null);
  }
}
