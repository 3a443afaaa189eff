package dev.vidame.server.access;

import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.GranularRoles;
import dev.vidame.directory.partners.Standings.Standing;
import dev.vidame.server.texts.Text;
import dev.vidame.wire.CustomerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is decided on a question, and why: for operators and for people at pages. Immutable.
 *
 * @param question what was asked
 * @param standing what the agent is to the customer; empty where it is disabled
 * @param decision the one that a request would meet
 * @param now when
 */
public record AccessExplanation(
    Question question, Optional<Standing> standing, AccessDecision decision, Instant now) {

  /**
   * Whether an agent may do something.
   *
   * @param agent who
   * @param operation what
   * @param customer to whom; null where no customer is named
   */
  public record Question(Agent agent, Operation operation, @Nullable CustomerId customer) {}

  /** The answer to a question, as it is decided at a time. */
  public static AccessExplanation of(Question question, Optional<Standing> standing, Instant now) {
    return new AccessExplanation(
        question, standing, AccessDecision.decide(true, question.operation(), standing, now), now);
  }

  /** Which roles would do. */
  public SufficientRoles sufficient() {
    return SufficientRoles.of(question.operation());
  }

  /** What the agent's partner is to the customer; empty where the agent is disabled. */
  public Optional<String> relationship() {
    return standing.map(known -> {
      if (known.hasRelationship()) {
        return "current";
      }
      return known.isFormer() ? "former" : "none";
    });
  }

  /** The agent's own roles on the customer, also those that have ended. */
  public GranularRoles granular() {
    return standing.map(Standing::granularRoles).orElse(GranularRoles.none());
  }

  /** The decision in a sentence. */
  public Text text() {
    return switch (decision) {
      case AccessDecision.Allow all ->
          question.operation().isOpenToEveryAgent()
              ? Text.of("Every agent may.")
              : Text.of("The agent may, by its role %s.", String.join(", ", rolesThatSuffice()));
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
    SufficientRoles sufficient = sufficient();
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
    SufficientRoles sufficient = sufficient();
    List<String> held =
        new ArrayList<>(
            question.agent().roles().stream()
                .map(role -> role.name().toLowerCase(Locale.ROOT))
                .sorted()
                .toList());
    held.retainAll(sufficient.ofPartner());
    granular().at(now).stream()
        .sorted()
        .map(role -> role.code())
        .filter(sufficient.onCustomer()::contains)
        .forEach(held::add);
    return held;
  }
}
