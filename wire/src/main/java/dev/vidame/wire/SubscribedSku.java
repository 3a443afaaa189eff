package dev.vidame.wire;

import java.util.List;

/**
 * What a customer subscribes to of a product (wire-spec §5.1). Immutable.
 *
 * @param product the product
 * @param units how many there are
 * @param plans the product's parts
 * @param capabilityStatus such as {@code Enabled}
 */
public record SubscribedSku(
    ProductSku product, Units units, List<ServicePlan> plans, String capabilityStatus) {

  /**
   * How many licences there are.
   *
   * @param active paid for
   * @param warning not paid for any more, and still usable
   * @param suspended no longer usable
   * @param consumed held by accounts in use
   */
  public record Units(int active, int warning, int suspended, int consumed) {
    /** How many can be held at once. */
    public int total() {
      return active + warning;
    }

    /** How many are left, never below zero. */
    public int available() {
      return Math.max(0, total() - consumed);
    }
  }

  /** Copies the plans. */
  public SubscribedSku {
    plans = List.copyOf(plans);
  }

  /** The JSON in UTF-8. */
  public byte[] toJson() {
    return Json.write(out -> {
      out.writeNumberProperty("availableUnits", units.available());
      out.writeNumberProperty("activeUnits", units.active());
      out.writeNumberProperty("consumedUnits", units.consumed());
      out.writeNumberProperty("suspendedUnits", units.suspended());
      out.writeNumberProperty("totalUnits", units.total());
      out.writeNumberProperty("warningUnits", units.warning());
      product.write(out, true);
      out.writeArrayPropertyStart("servicePlans");
      plans.forEach(plan -> plan.write(out, "Enabled"));
      out.writeEndArray();
      out.writeStringProperty("capabilityStatus", capabilityStatus);
      Json.attributes(out, "SubscribedSku");
    });
  }
}
