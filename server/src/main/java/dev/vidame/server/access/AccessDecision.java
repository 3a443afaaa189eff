package dev.vidame.server.access;

import dev.vidame.directory.partners.Role;
import dev.vidame.directory.partners.Standings.Standing;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a caller may do something to a customer. The one place that decides, and a pure function.
 */
public sealed interface AccessDecision {

  /** It may. */
  record Allow() implements AccessDecision {}

  /**
   * It may, as far as that is to set the password of an account without a directory role (wire-spec
   * §0.5). Whether it is that can be told only in the transaction of the change.
   */
  record AllowOrdinaryReset() implements AccessDecision {}

  /**
   * It may not.
   *
   * @param reason why
   */
  record Deny(Reason reason) implements AccessDecision {}

  /** Why a caller may not. */
  enum Reason {
    /** The token is an application's own, and the operation wants a signed-in agent. */
    APPLICATION_ONLY,
    /** The token's partner or agent is not known here. */
    UNKNOWN_CALLER,
    /** The application's secret that the token was had with has been taken away. */
    SECRET_GONE,
    /** The partner has no relationship with the customer, or there is no such customer. */
    NO_RELATIONSHIP,
    /** The customer was the partner's and has been deleted. */
    TENANT_GONE,
    /** The agent's roles do not suffice. */
    ROLE_TOO_WEAK;

    /** Whether it lies in what the partner is to the customer, and not in who calls. */
    public boolean isOfRelationship() {
      return this == NO_RELATIONSHIP || this == TENANT_GONE;
    }
  }

  /**
   * Decides.
   *
   * @param isAgent whether the token stands for a signed-in agent
   * @param operation what is asked for
   * @param standing what the caller is to the customer, or to its partner where the operation is on
   *     no customer; empty where there is no such partner or agent
   */
  static AccessDecision decide(boolean isAgent, Operation operation, Optional<Standing> standing) {
    if (!isAgent && !operation.isOpenToApplications()) {
      return new Deny(Reason.APPLICATION_ONLY);
    }
    if (standing.isEmpty()) {
      return new Deny(Reason.UNKNOWN_CALLER);
    }
    if (!standing.get().hasSecret()) {
      return new Deny(Reason.SECRET_GONE);
    }
    if (!standing.get().hasRelationship()) {
      return new Deny(standing.get().isFormer() ? Reason.TENANT_GONE : Reason.NO_RELATIONSHIP);
    }
    Set<Role> roles = standing.get().roles();
    if (!isAgent || !Collections.disjoint(operation.sufficientRoles(), roles)) {
      return new Allow();
    }
    return Collections.disjoint(operation.rolesForOrdinaryResets(), roles)
        ? new Deny(Reason.ROLE_TOO_WEAK)
        : new AllowOrdinaryReset();
  }
}
