package dev.vidame.server.bulk;

import dev.vidame.directory.Directory;
import dev.vidame.directory.partners.Standings.Bearer;
import dev.vidame.directory.users.UpdateReach;
import dev.vidame.server.access.AccessDecision;
import dev.vidame.server.access.Operation;
import dev.vidame.server.http.Throttle;
import dev.vidame.wire.CustomerId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets each step of a run in as the API lets a request in: the limits, who it is, and the one
 * decision, asked anew each time. Thread-safe.
 */
final class RunAccess {
  private static final String ROUTE = "bulk_run";

  private final Directory directory;
  private final Throttle throttle;
  private final RunAgent agent;
  private final CustomerId customer;
  private final InstantSource clock;

  @SuppressWarnings("TooManyParameters") // who, to whom, and what decides
  RunAccess(
      Directory directory,
      Throttle throttle,
      RunAgent agent,
      CustomerId customer,
      InstantSource clock) {
    this.directory = directory;
    this.throttle = throttle;
    this.agent = agent;
    this.customer = customer;
    this.clock = clock;
  }

  /** What became of asking. */
  sealed interface Admission {}

  /**
   * It may be done.
   *
   * @param reach how far; null for all of it
   */
  record Admitted(@Nullable UpdateReach reach) implements Admission {}

  /**
   * It comes too soon.
   *
   * @param length how long it must wait
   */
  record TooSoon(Duration length) implements Admission {}

  /**
   * It may not be done, nor may anything that is like it.
   *
   * @param cause for people
   */
  record Out(String cause) implements Admission {}

  Admission ask(Operation operation) {
    if (!agent.isWelcome().getAsBoolean()) {
      return new Out("The agent who began this was disabled or given another password.");
    }
    Optional<Duration> wait = throttle.waitFor(agent.partner(), customer, ROUTE);
    if (wait.isPresent()) {
      return new TooSoon(wait.get());
    }
    Bearer bearer = new Bearer(agent.partner(), agent.application(), null, agent.agent());
    AccessDecision decision =
        AccessDecision.decide(
            true, operation, directory.standings().of(bearer, customer), clock.instant());
    return switch (decision) {
      case AccessDecision.Allow all -> new Admitted(null);
      case AccessDecision.AllowWithin(UpdateReach reach) -> new Admitted(reach);
      case AccessDecision.Deny(AccessDecision.Reason reason) -> new Out(cause(reason));
    };
  }

  private static String cause(AccessDecision.Reason reason) {
    return switch (reason) {
      case ROLE_TOO_WEAK -> "The agent's roles do not suffice for the next rows.";
      case NO_RELATIONSHIP, TENANT_GONE -> "The customer is none of the partner's any more.";
      case APPLICATION_ONLY, UNKNOWN_CALLER, SECRET_GONE ->
          "The agent or the dashboard of the partner was disabled.";
    };
  }
}
