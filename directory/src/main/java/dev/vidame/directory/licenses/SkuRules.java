package dev.vidame.directory.licenses;

import dev.vidame.directory.Failure;
import dev.vidame.directory.users.Problem;
import dev.vidame.directory.users.Rule;
import dev.vidame.wire.ProductSku;
import dev.vidame.wire.ServicePlan;
import dev.vidame.wire.SubscribedSku;
import dev.vidame.wire.SubscribedSku.Units;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What an operator may define. Pure. */
final class SkuRules {
  private static final int LONGEST_TEXT = 256;
  private static final int MOST_UNITS = 100_000_000;

  private static final Set<String> TARGET_TYPES = Set.of(ProductSku.FOR_USERS, "Tenant");

  private static final Set<String> CAPABILITY_STATUSES =
      Set.of("Enabled", "Warning", "Suspended", "Deleted", "LockedOut");

  private SkuRules() {}

  /**
   * Checks a product, its parts and its units.
   *
   * @throws dev.vidame.directory.DirectoryException with every rule that they break
   */
  static void check(SubscribedSku sku) {
    List<Problem> problems = new ArrayList<>();
    ProductSku product = sku.product();
    text("productSku.id", product.id(), problems);
    text("productSku.name", product.name(), problems);
    text("productSku.skuPartNumber", product.skuPartNumber(), problems);
    oneOf("productSku.targetType", product.targetType(), TARGET_TYPES, problems);
    oneOf("capabilityStatus", sku.capabilityStatus(), CAPABILITY_STATUSES, problems);
    Set<UUID> ids = new HashSet<>();
    for (ServicePlan plan : sku.plans()) {
      text("servicePlans.displayName", plan.displayName(), problems);
      text("servicePlans.serviceName", plan.serviceName(), problems);
      oneOf("servicePlans.targetType", plan.targetType(), TARGET_TYPES, problems);
      if (!ids.add(plan.id())) {
        problems.add(Problem.of("servicePlans.id", Rule.PLAN_TWICE, plan.id()));
      }
    }
    units(sku.units(), problems);
    throwIfAny(problems);
  }

  /**
   * Checks units alone.
   *
   * @throws dev.vidame.directory.DirectoryException with every rule that they break
   */
  static void check(Units units) {
    List<Problem> problems = new ArrayList<>();
    units(units, problems);
    throwIfAny(problems);
  }

  private static void units(Units units, List<Problem> problems) {
    count("activeUnits", units.active(), problems);
    count("warningUnits", units.warning(), problems);
    count("suspendedUnits", units.suspended(), problems);
  }

  private static void count(String property, int count, List<Problem> problems) {
    if (count < 0 || count > MOST_UNITS) {
      problems.add(Problem.of(property, Rule.NOT_A_COUNT, MOST_UNITS));
    }
  }

  private static void text(String property, String value, List<Problem> problems) {
    if (value.isBlank()) {
      problems.add(Problem.of(property, Rule.REQUIRED));
    } else if (value.length() > LONGEST_TEXT) {
      problems.add(Problem.of(property, Rule.TOO_LONG, LONGEST_TEXT));
    } else if (value.chars().anyMatch(Character::isISOControl)) {
      problems.add(Problem.of(property, Rule.CONTROL_CHARACTER));
    }
  }

  private static void oneOf(
      String property, String value, Set<String> allowed, List<Problem> problems) {
    if (!allowed.contains(value)) {
      problems.add(
          Problem.of(
              property, Rule.NOT_ONE_OF, String.join(", ", allowed.stream().sorted().toList())));
    }
  }

  private static void throwIfAny(List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw new Failure.Invalid(problems).asException();
    }
  }
}
