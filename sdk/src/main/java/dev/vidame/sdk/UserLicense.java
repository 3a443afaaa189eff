package dev.vidame.sdk;

import dev.vidame.wire.JsonBody;
import java.util.List;

/**
 * A licence that an account holds. Immutable.
 *
 * @param sku of which product
 * @param plans the product's parts
 */
public record UserLicense(Sku sku, List<Sku.Plan> plans) {
  /** Copies the parts. */
  public UserLicense {
    plans = List.copyOf(plans);
  }

  static UserLicense from(JsonBody in) {
    return new UserLicense(
        Sku.from(in.object("productSku")), Members.list(in, "servicePlans", Sku.Plan::from));
  }
}
