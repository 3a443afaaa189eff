package dev.vidame.server.access;

import dev.vidame.directory.partners.GranularRole;
import dev.vidame.directory.partners.Role;
import dev.vidame.directory.partners.Standings.Standing;
import dev.vidame.directory.users.UpdateReach;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a caller may do something to a customer. The one place that decides, and a pure function.
 */
public sealed interface AccessDecision {

  /** Reaches in the order in which they are looked for. */
  List<UpdateReach> WIDEST_FIRST =
      List.of(UpdateReach.ORDINARY_PASSWORDS, UpdateReach.ORDINARY_RESETS);

  /** It may. */
  record Allow() implements AccessDecision {}

  /**
   * It may, as far as the change lies within a reach (wire-spec §0.5). Whether it does can be told
   * only in the transaction of the change.
   *
   * @param reach how far
   */
  record AllowWithin(UpdateReach reach) implements AccessDecision {}

  /**
   * It may not.
   *
   * @param reason why
   */
  record Deny(Reason reason) implements AccessDecision {}

  /** Why a caller may not. */
  enum Reason {
    /**
     * The token is an application's own, and the operation wants a signed-in agent, of this partner
     * at least.
     */
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
   * @param now the time, at which roles that were given until then have ended
   */
  static AccessDecision decide(
      boolean isAgent, Operation operation, Optional<Standing> standing, Instant now) {
    if (!isAgent && !operation.isOpenToApplications() && !isLetAlone(operation, standing, now)) {
      return new Deny(Reason.APPLICATION_ONLY);
    }
    if (standing.isEmpty()) {
      return new Deny(Reason.UNKNOWN_CALLER);
    }
    if (!standing.get().hasCredential()) {
      return new Deny(Reason.SECRET_GONE);
    }
    if (!standing.get().hasRelationship()) {
      return new Deny(standing.get().isFormer() ? Reason.TENANT_GONE : Reason.NO_RELATIONSHIP);
    }
    Set<GranularRole> granular = standing.get().granularRoles().at(now);
    if (isAgent) {
      return operation.isOpenToEveryAgent()
          ? new Allow()
          : byRoles(operation, standing.get().roles(), granular);
    }
    return operation.isOpenToApplications() ? new Allow() : byRoles(operation, Set.of(), granular);
  }

  /** Whether the partner lets its applications do any of it on their own. */
  private static boolean isLetAlone(Operation operation, Optional<Standing> standing, Instant now) {
    return standing.isPresent()
        && !(byRoles(operation, Set.of(), standing.get().granularRoles().at(now)) instanceof Deny);
  }

  /** The role that lets the caller do most counts, of those of its partner and on the customer. */
  private static AccessDecision byRoles(
      Operation operation, Set<Role> roles, Set<GranularRole> granular) {
    if (!Collections.disjoint(operation.sufficientRoles(), roles)) {
      return new Allow();
    }
    if (!Collections.disjoint(GranularRights.sufficientFor(operation), granular)) {
      return new Allow();
    }
    for (UpdateReach reach : WIDEST_FIRST) {
      if (!Collections.disjoint(operation.rolesWithin(reach), roles)
          || !Collections.disjoint(GranularRights.sufficientWithin(reach, operation), granular)) {
        return new AllowWithin(reach);
      }
    }
    return new Deny(Reason.ROLE_TOO_WEAK);
  }
}
