package dev.vidame.server.dashboard;

import dev.vidame.directory.partners.GranularRoles;
import dev.vidame.directory.partners.Standings;
import dev.vidame.directory.partners.Standings.Bearer;
import dev.vidame.directory.partners.Standings.Standing;
import dev.vidame.server.access.AccessDecision;
import dev.vidame.server.access.Operation;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.FurtherRights;
import dev.vidame.server.tokens.Caller;
import dev.vidame.wire.CustomerId;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an agent may do beside what was asked for, so that pages show nothing that would be refused.
 * Thread-safe. By the same decision; what is done in the end is decided on again.
 */
final class Rights {
  private final Standings standings;
  private final InstantSource clock;
  private final FurtherRights further;

  Rights(Standings standings, InstantSource clock) {
    this.standings = standings;
    this.clock = clock;
    this.further = new FurtherRights(standings::of, clock);
  }

  /** What is decided on an operation, on the customer or on the partner. */
  AccessDecision decide(Call call, @Nullable CustomerId customer, Operation operation) {
    return AccessDecision.decide(
        true, operation, standing(call.caller(), customer), clock.instant());
  }

  /** Whether an operation may be done for the partner. */
  boolean mayForPartner(Caller caller, Operation operation) {
    return !(AccessDecision.decide(true, operation, standing(caller, null), clock.instant())
        instanceof AccessDecision.Deny);
  }

  /** Whether it may be done, at least in part. */
  boolean may(Call call, CustomerId customer, Operation operation) {
    return !(decide(call, customer, operation) instanceof AccessDecision.Deny);
  }

  /**
   * Lets an agent on who may do it to the customer that the path names.
   *
   * @throws dev.vidame.server.http.ApiException when the agent may not
   */
  void require(Call call, Operation operation) {
    further.require(call, operation);
  }

  /** The agent's own roles on the customer that have not ended. */
  List<GranularRoles.Held> rolesOn(Call call, CustomerId customer) {
    return standing(call.caller(), customer).stream()
        .flatMap(standing -> standing.granularRoles().held().stream())
        .filter(role -> role.isHeldAt(clock.instant()))
        .toList();
  }

  private Optional<Standing> standing(Caller caller, @Nullable CustomerId customer) {
    return standings.of(
        new Bearer(caller.partner(), caller.application(), caller.secret(), caller.agent()),
        customer);
  }
}
