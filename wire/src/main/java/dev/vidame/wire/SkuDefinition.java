package dev.vidame.wire;

import dev.vidame.wire.SubscribedSku.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads what an operator defines of a product: the form is that of {@code subscribedskus}, so that
 * what was read there can be changed and sent back.
 */
public final class SkuDefinition {
  private static final String PRODUCT = "productSku";
  private static final String PLANS = "servicePlans";
  private static final String ENABLED = "Enabled";
  private static final Units NONE = new Units(0, 0, 0, 0);

  private SkuDefinition() {}

  /**
   * What a customer is to subscribe to of a product.
   *
   * @param id the product's, where it is known beside the body; empty where the body must name it
   * @throws WireFormatException when a member is missing or has the wrong type
   */
  public static SubscribedSku read(JsonBody body, Optional<String> id) {
    JsonBody product = body.object(PRODUCT);
    return new SubscribedSku(
        JsonBody.within(PRODUCT, () -> product(product, id)),
        units(body, NONE),
        plans(body),
        body.text("capabilityStatus").orElse(ENABLED));
  }

  private static ProductSku product(JsonBody product, Optional<String> id) {
    Optional<String> given = product.text("id");
    if (id.isPresent() && given.filter(text -> !text.equalsIgnoreCase(id.get())).isPresent()) {
      throw JsonBody.refused("id", "The value differs from the id of the address.");
    }
    return new ProductSku(
        id.or(() -> given).orElseThrow(() -> JsonBody.missing("id")),
        required(product, "name"),
        required(product, "skuPartNumber"),
        product.text("targetType").orElse(ProductSku.FOR_USERS),
        product.text("licenseGroupId").map(SkuDefinition::group).orElse(LicenseGroup.GROUP1));
  }

  private static String required(JsonBody body, String name) {
    return body.text(name).orElseThrow(() -> JsonBody.missing(name));
  }

  /**
   * How many units there are to be.
   *
   * @param before how many there are of those that the body does not name
   */
  public static Units units(JsonBody body, Units before) {
    return new Units(
        count(body, "activeUnits").orElse(before.active()),
        count(body, "warningUnits").orElse(before.warning()),
        count(body, "suspendedUnits").orElse(before.suspended()),
        0);
  }

  /** As far as an int can tell that it is too large or too small. */
  private static Optional<Integer> count(JsonBody body, String name) {
    return body.number(name).map(number -> (int) Math.max(-1, Math.min(number, Integer.MAX_VALUE)));
  }

  private static LicenseGroup group(String text) {
    return LicenseGroup.of(text)
        .orElseThrow(() ->
            new WireFormatException(
                WireFormatException.Kind.UNKNOWN_ENUM,
                "licenseGroupId",
                "Unable to parse enum: %s",
                text));
  }

  private static List<ServicePlan> plans(JsonBody body) {
    List<JsonBody> bodies = body.objects(PLANS);
    List<ServicePlan> plans = new ArrayList<>();
    for (JsonBody plan : bodies) {
      plans.add(JsonBody.within(PLANS + "." + plans.size(), () -> plan(plan)));
    }
    return plans;
  }

  private static ServicePlan plan(JsonBody plan) {
    UUID id =
        Guid.parse(required(plan, "id"))
            .orElseThrow(() -> JsonBody.refused("id", "The value must be a GUID."));
    return new ServicePlan(
        id,
        required(plan, "displayName"),
        required(plan, "serviceName"),
        plan.text("targetType").orElse(ProductSku.FOR_USERS));
  }
}
