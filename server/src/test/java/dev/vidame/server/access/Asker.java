package dev.vidame.server.access;

import dev.vidame.directory.partners.GranularRole;
import dev.vidame.directory.partners.GranularRoles;
import dev.vidame.directory.partners.Role;
import dev.vidame.directory.partners.Standings.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A column of the matrix: who asks.
 *
 * @param name as the matrix has it
 * @param isAgent whether the token is App+User
 * @param roles of the partner
 * @param granular on the customer that is the partner's own; of an application, on all customers
 */
public record Asker(String name, boolean isAgent, Set<Role> roles, Set<GranularRole> granular) {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  /** What the partner of who asks is to the customer. */
  public enum Relationship {
    /** It has one; also of what is asked for without a customer. */
    OWN,
    /** It has none, or there is no such customer. */
    NONE,
    /** The customer was its own and has been deleted. */
    DELETED
  }

  /** Everybody: the application on its own, an agent without roles, and one for each role. */
  public static List<Asker> all() {
    List<Asker> all = new ArrayList<>(ofPartner());
    all.addAll(onCustomer());
    return all;
  }

  /** Those without a role on the customer. */
  static List<Asker> ofPartner() {
    List<Asker> askers = new ArrayList<>();
    askers.add(new Asker("App", false, Set.of(), Set.of()));
    askers.add(new Asker("no role", true, Set.of(), Set.of()));
    Arrays.stream(Role.values())
        .map(role -> new Asker(named(role), true, Set.of(role), Set.of()))
        .forEach(askers::add);
    return askers;
  }

  /** Those with nothing but a role on the customer. */
  static List<Asker> onCustomer() {
    return Arrays.stream(GranularRole.values())
        .map(role -> new Asker(named(role), true, Set.of(), Set.of(role)))
        .toList();
  }

  /** An application of a partner that lets its applications work with accounts on their own. */
  static Asker letAlone() {
    return new Asker("App, let", false, Set.of(), Set.of(GranularRole.USER_ADMINISTRATOR));
  }

  /** An agent whose roles on the customer have all ended, and who has no others. */
  public static Asker ended() {
    return new Asker("roles that have ended", true, Set.of(), Set.of());
  }

  private static String named(Enum<?> role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  /** What is decided. */
  public AccessDecision asks(Operation operation, Relationship relationship) {
    boolean isOwn = relationship == Relationship.OWN;
    GranularRoles held =
        new GranularRoles(
            granular.stream().map(role -> new GranularRoles.Held(role, Instant.MAX)).toList());
    return AccessDecision.decide(
        isAgent,
        operation,
        Optional.of(
            new Standing(
                roles,
                isOwn,
                relationship == Relationship.DELETED,
                true,
                !isAgent || (isOwn && operation.needsCustomer()) ? held : GranularRoles.none())),
        NOW);
  }

  @Override
  public String toString() {
    return name;
  }
}
