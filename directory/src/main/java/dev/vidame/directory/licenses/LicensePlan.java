package dev.vidame.directory.licenses;

import dev.vidame.directory.Failure;
import dev.vidame.directory.users.Problem;
import dev.vidame.directory.users.Rule;
import dev.vidame.wire.Guid;
import dev.vidame.wire.LicenseGroup;
import dev.vidame.wire.LicenseUpdate;
import dev.vidame.wire.ProductSku;
import dev.vidame.wire.ServicePlan;
import dev.vidame.wire.SubscribedSku;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an update of licences means, once it has been found to follow the rules (wire-spec §5.4).
 *
 * @param removed whose licences are taken away
 * @param assigned whose licences are given, each with the plans that it leaves out
 */
record LicensePlan(Set<SubscribedSku> removed, Map<SubscribedSku, SortedSet<UUID>> assigned) {
  private static final String ASSIGN = "licensesToAssign";
  private static final String REMOVE = "licensesToRemove";
  private static final int LONGEST_SHOWN = 64;

  /**
   * The plan of an update.
   *
   * @param skus what the customer subscribes to
   * @param held the products that the account has licences of
   * @throws dev.vidame.directory.DirectoryException with every rule that the update breaks
   */
  static LicensePlan of(LicenseUpdate update, List<SubscribedSku> skus, Set<String> held) {
    List<Problem> problems = new ArrayList<>();
    Set<SubscribedSku> removed = removed(update, skus, held, problems);
    Map<SubscribedSku, SortedSet<UUID>> assigned = assigned(update, skus, problems);
    if (update.licensesToAssign().isEmpty() && update.licensesToRemove().isEmpty()) {
      problems.add(Problem.of(ASSIGN, Rule.REQUIRED));
    }
    for (SubscribedSku sku : removed) {
      if (assigned.containsKey(sku)) {
        problems.add(Problem.of(REMOVE, Rule.SKU_ASSIGNED_AND_REMOVED, sku.product().id()));
      }
    }
    Set<LicenseGroup> groups =
        Stream.concat(removed.stream(), assigned.keySet().stream())
            .map(sku -> sku.product().licenseGroup())
            .collect(Collectors.toSet());
    if (groups.size() > 1) {
      problems.add(Problem.of(ASSIGN, Rule.LICENSE_GROUPS_MIXED));
    }
    if (!problems.isEmpty()) {
      throw new Failure.Invalid(problems).asException();
    }
    return new LicensePlan(removed, assigned);
  }

  private static Set<SubscribedSku> removed(
      LicenseUpdate update, List<SubscribedSku> skus, Set<String> held, List<Problem> problems) {
    Set<SubscribedSku> removed = new LinkedHashSet<>();
    for (String name : update.licensesToRemove()) {
      Optional<SubscribedSku> sku = named(skus, name);
      if (sku.isEmpty()) {
        problems.add(Problem.of(REMOVE, Rule.SKU_NOT_SUBSCRIBED, shown(name)));
      } else if (!held.contains(sku.get().product().id())) {
        problems.add(Problem.of(REMOVE, Rule.SKU_NOT_HELD, shown(name)));
      } else {
        removed.add(sku.get());
      }
    }
    return removed;
  }

  /** Of a product that is named twice, the last wish counts. */
  private static Map<SubscribedSku, SortedSet<UUID>> assigned(
      LicenseUpdate update, List<SubscribedSku> skus, List<Problem> problems) {
    Map<SubscribedSku, SortedSet<UUID>> assigned = new LinkedHashMap<>();
    for (LicenseUpdate.Assignment assignment : update.licensesToAssign()) {
      String name = assignment.skuId();
      Optional<SubscribedSku> sku = named(skus, name);
      if (sku.isEmpty()) {
        problems.add(Problem.of(ASSIGN, Rule.SKU_NOT_SUBSCRIBED, shown(name)));
      } else if (!sku.get().product().targetType().equalsIgnoreCase(ProductSku.FOR_USERS)) {
        problems.add(Problem.of(ASSIGN, Rule.SKU_NOT_FOR_USERS, shown(name)));
      } else {
        assigned.put(sku.get(), excluded(sku.get(), assignment.excludedPlans(), problems));
      }
    }
    return assigned;
  }

  private static SortedSet<UUID> excluded(
      SubscribedSku sku, List<String> plans, List<Problem> problems) {
    SortedSet<UUID> excluded = new TreeSet<>();
    for (String plan : plans) {
      Optional<UUID> id =
          Guid.parse(plan)
              .filter(wanted -> sku.plans().stream().map(ServicePlan::id).anyMatch(wanted::equals));
      if (id.isPresent()) {
        excluded.add(id.get());
      } else {
        problems.add(
            Problem.of(
                ASSIGN + ".excludedPlans", Rule.PLAN_NOT_OF_SKU, shown(plan), sku.product().id()));
      }
    }
    return excluded;
  }

  /** A product by its id or, where none has that id, by its part number. */
  private static Optional<SubscribedSku> named(List<SubscribedSku> skus, String name) {
    return skus.stream()
        .filter(sku -> sku.product().id().equalsIgnoreCase(name))
        .findFirst()
        .or(() ->
            skus.stream()
                .filter(sku -> sku.product().skuPartNumber().equalsIgnoreCase(name))
                .findFirst());
  }

  /** What the caller wrote, as far as it helps to find it again; whole characters. */
  private static String shown(String name) {
    if (name.length() <= LONGEST_SHOWN) {
      return name;
    }
    boolean splitsPair = Character.isHighSurrogate(name.charAt(LONGEST_SHOWN - 1));
    return name.substring(0, splitsPair ? LONGEST_SHOWN - 1 : LONGEST_SHOWN) + "…";
  }
}
