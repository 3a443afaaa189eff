package dev.vidame.server.access;

import dev.vidame.directory.users.UpdateReach;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Which roles would do for an operation, as callers and operators are told. The names are those of
 * the wire, in the order of the roles.
 *
 * @param ofPartner those that a partner gives its agents on all customers
 * @param onCustomer those that an agent is given on one customer
 * @param forPart those of both kinds that do for a part of it, as docs/rights.md says
 */
public record SufficientRoles(
    List<String> ofPartner, List<String> onCustomer, List<String> forPart) {
  /** Copies the lists. */
  public SufficientRoles {
    ofPartner = List.copyOf(ofPartner);
    onCustomer = List.copyOf(onCustomer);
    forPart = List.copyOf(forPart);
  }

  /** Those for all of an operation, and for a part of it. */
  public static SufficientRoles of(Operation operation) {
    Stream<Enum<?>> parts =
        Arrays.stream(UpdateReach.values())
            .flatMap(reach ->
                Stream.of(
                        operation.rolesWithin(reach).stream().sorted(),
                        GranularRights.sufficientWithin(reach, operation).stream().sorted())
                    .flatMap(roles -> roles));
    return new SufficientRoles(
        names(operation.sufficientRoles().stream().sorted().toList()),
        names(GranularRights.sufficientFor(operation).stream().sorted().toList()),
        names(parts.toList()));
  }

  /** Those that reach further than a part. */
  public SufficientRoles withoutParts() {
    return new SufficientRoles(ofPartner, onCustomer, List.of());
  }

  private static List<String> names(Collection<? extends Enum<?>> roles) {
    return roles.stream().map(role -> role.name().toLowerCase(Locale.ROOT)).toList();
  }
}
