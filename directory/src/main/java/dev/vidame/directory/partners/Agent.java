package dev.vidame.directory.partners;

import java.util.Set;

/**
 * A person who acts for a partner.
 *
 * @param id the agent; the {@code oid} of its tokens
 * @param partner for whom
 * @param userPrincipalName the sign-in name, unique on the server in any case
 * @param displayName for people
 * @param roles what the partner lets it do
 * @param isDisabled whether it may neither sign in nor go on with what it has
 */
public record Agent(
    AgentId id,
    PartnerId partner,
    String userPrincipalName,
    String displayName,
    Set<Role> roles,
    boolean isDisabled) {

  /** An agent who may sign in. */
  public Agent(
      AgentId id,
      PartnerId partner,
      String userPrincipalName,
      String displayName,
      Set<Role> roles) {
    this(id, partner, userPrincipalName, displayName, roles, false);
  }

  /** Copies the roles. */
  public Agent {
    roles = Set.copyOf(roles);
  }
}
