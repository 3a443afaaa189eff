package dev.vidame.wire;

import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A licence that an account holds (wire-spec §5.1). Immutable.
 *
 * @param product of which product
 * @param plans the product's parts
 * @param excludedPlans the parts that the account does not have
 */
public record License(ProductSku product, List<ServicePlan> plans, Set<UUID> excludedPlans) {

  /** Copies the plans. */
  public License {
    plans = List.copyOf(plans);
    excludedPlans = Set.copyOf(excludedPlans);
  }

  /** The JSON in UTF-8. */
  public byte[] toJson() {
    return Json.write(out -> {
      out.writeArrayPropertyStart("servicePlans");
      for (ServicePlan plan : plans) {
        plan.write(out, excludedPlans.contains(plan.id()) ? "Disabled" : "Assigned");
      }
      out.writeEndArray();
      product.write(out, false);
      Json.attributes(out, "License");
    });
  }
}
