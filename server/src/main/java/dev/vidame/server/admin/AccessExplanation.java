package dev.vidame.server.admin;

import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.GranularRoles;
import dev.vidame.directory.partners.Standings.Standing;
import dev.vidame.server.access.AccessDecision;
import dev.vidame.server.access.Operation;
import dev.vidame.server.access.SufficientRoles;
import dev.vidame.server.texts.Language;
import dev.vidame.server.texts.Text;
import dev.vidame.wire.CustomerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is decided on a question, and why.
 *
 * @param question what was asked
 * @param standing what the agent is to the customer; empty where it is disabled
 * @param decision the one that a request would meet
 * @param now when
 */
record AccessExplanation(
    Question question, Optional<Standing> standing, AccessDecision decision, Instant now) {

  /**
   * Whether an agent may do something.
   *
   * @param agent who
   * @param operation what
   * @param customer to whom; null where no customer is named
   */
  record Question(Agent agent, Operation operation, @Nullable CustomerId customer) {}

  static AccessExplanation of(Question question, Optional<Standing> standing, Instant now) {
    return new AccessExplanation(
        question, standing, AccessDecision.decide(true, question.operation(), standing, now), now);
  }

  /** The answer, with its sentence in a language. */
  Map<String, Object> members(Language language) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("explanation", text().in(language));
    decide(members);
    members.put("agent", question.agent().id());
    members.put("userPrincipalName", question.agent().userPrincipalName());
    members.put("partner", question.agent().partner());
    members.put("roles", AdminBody.codes(question.agent().roles()));
    members.put("operation", code(question.operation()));
    CustomerId customer = question.customer();
    if (customer != null) {
      members.put("customer", customer);
      standing.ifPresent(known -> members.put("relationship", relationship(known)));
    }
    members.put("customerRoles", CustomerRoleRoutes.ends(granular()));
    SufficientRoles sufficient = SufficientRoles.of(question.operation());
    members.put("sufficientRoles", sufficient.ofPartner());
    members.put("sufficientCustomerRoles", sufficient.onCustomer());
    members.put("rolesForPart", sufficient.forPart());
    return members;
  }

  private void decide(Map<String, Object> members) {
    switch (decision) {
      case AccessDecision.Allow all -> members.put("decision", "allow");
      case AccessDecision.AllowWithin within -> {
        members.put("decision", "allow_within");
        members.put("reach", code(within.reach()));
      }
      case AccessDecision.Deny deny -> {
        members.put("decision", "deny");
        members.put("reason", code(deny.reason()));
      }
    }
  }

  private static String code(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String relationship(Standing standing) {
    if (standing.hasRelationship()) {
      return "current";
    }
    return standing.isFormer() ? "former" : "none";
  }

  private GranularRoles granular() {
    return standing.map(Standing::granularRoles).orElse(GranularRoles.none());
  }

  private Text text() {
    return switch (decision) {
      case AccessDecision.Allow all ->
          Text.of("The agent may, by its role %s.", String.join(", ", rolesThatSuffice()));
      case AccessDecision.AllowWithin within ->
          switch (within.reach()) {
            case ORDINARY_RESETS ->
                Text.of(
                    "The agent may set the password of an account that has no directory role, and do nothing else.");
            case ORDINARY_PASSWORDS ->
                Text.of(
                    "The agent may, but for setting the password of an account that has a directory role.");
          };
      case AccessDecision.Deny deny -> text(deny.reason());
    };
  }

  private Text text(AccessDecision.Reason reason) {
    return switch (reason) {
      case UNKNOWN_CALLER -> Text.of("The agent or its partner is disabled.");
      case NO_RELATIONSHIP -> Text.of("The agent's partner has no relationship with the customer.");
      case TENANT_GONE -> Text.of("The customer was the partner's and has been deleted.");
      case ROLE_TOO_WEAK -> tooWeak();
      case APPLICATION_ONLY, SECRET_GONE ->
          throw new IllegalStateException("An agent was asked about, and no application");
    };
  }

  private Text tooWeak() {
    SufficientRoles sufficient = SufficientRoles.of(question.operation());
    List<String> ended =
        granular().held().stream()
            .filter(role -> !role.isHeldAt(now))
            .map(role -> role.role().code())
            .filter(role ->
                sufficient.onCustomer().contains(role) || sufficient.forPart().contains(role))
            .toList();
    return ended.isEmpty()
        ? Text.of("None of the agent's roles suffices.")
        : Text.of("The agent's role %s on the customer has ended.", String.join(", ", ended));
  }

  private List<String> rolesThatSuffice() {
    SufficientRoles sufficient = SufficientRoles.of(question.operation());
    List<String> held = new ArrayList<>(AdminBody.codes(question.agent().roles()));
    held.retainAll(sufficient.ofPartner());
    granular().at(now).stream()
        .sorted()
        .map(role -> role.code())
        .filter(sufficient.onCustomer()::contains)
        .forEach(held::add);
    return held;
  }
}
