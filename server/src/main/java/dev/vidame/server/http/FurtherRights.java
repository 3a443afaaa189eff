package dev.vidame.server.http;

import dev.vidame.directory.partners.Standings.Bearer;
import dev.vidame.server.access.AccessDecision;
import dev.vidame.server.access.Operation;
import dev.vidame.server.tokens.Caller;
import java.time.InstantSource;

/**
 * What the caller of a request that was let in may do besides, or still may after it waited. Asks
 * the one place that decides. Thread-safe.
 */
public final class FurtherRights {
  private final Api.Standings standings;
  private final InstantSource clock;

  /** Rights by what callers are to customers. */
  public FurtherRights(Api.Standings standings, InstantSource clock) {
    this.standings = standings;
    this.clock = clock;
  }

  /** Whether the caller may do this to the customer that the path names. */
  public AccessDecision decide(Call call, Operation operation) {
    Caller caller = call.caller();
    Bearer bearer =
        new Bearer(caller.partner(), caller.application(), caller.secret(), caller.agent());
    return AccessDecision.decide(
        caller.agent() != null, operation, standings.of(bearer, call.customer()), clock.instant());
  }

  /**
   * Lets a caller on who may do all of it.
   *
   * @throws ApiException when the caller may not; it says, as for a route of the operation, which
   *     roles would do
   */
  public void require(Call call, Operation operation) {
    switch (decide(call, operation)) {
      case AccessDecision.Allow all -> {}
      case AccessDecision.AllowWithin part ->
          throw Denials.of(call, operation, AccessDecision.Reason.ROLE_TOO_WEAK);
      case AccessDecision.Deny(AccessDecision.Reason reason) ->
          throw Denials.of(call, operation, reason);
    }
  }

  /** Whether the caller may do all of it. */
  public boolean mayAll(Call call, Operation operation) {
    return decide(call, operation) instanceof AccessDecision.Allow;
  }
}
