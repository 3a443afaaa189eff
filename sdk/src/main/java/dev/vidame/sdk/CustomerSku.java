package dev.vidame.sdk;

import dev.vidame.wire.JsonBody;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a customer subscribes to of a product. Immutable.
 *
 * @param sku the product
 * @param units how many licences there are
 * @param plans the product's parts
 * @param capabilityStatus such as {@code Enabled}
 */
public record CustomerSku(
    Sku sku, Units units, List<Sku.Plan> plans, @Nullable String capabilityStatus) {

  /**
   * How many licences there are.
   *
   * @param available how many more accounts can hold one
   * @param active paid for
   * @param consumed held by accounts
   * @param suspended no longer usable
   * @param total how many can be held at once
   * @param warning not paid for any more, and still usable
   */
  public record Units(
      int available, int active, int consumed, int suspended, int total, int warning) {}

  /** Copies the parts. */
  public CustomerSku {
    plans = List.copyOf(plans);
  }

  static CustomerSku from(JsonBody in) {
    return new CustomerSku(
        Sku.from(in.object("productSku")),
        new Units(
            Members.number(in, "availableUnits"),
            Members.number(in, "activeUnits"),
            Members.number(in, "consumedUnits"),
            Members.number(in, "suspendedUnits"),
            Members.number(in, "totalUnits"),
            Members.number(in, "warningUnits")),
        Members.list(in, "servicePlans", Sku.Plan::from),
        Members.text(in, "capabilityStatus"));
  }
}
