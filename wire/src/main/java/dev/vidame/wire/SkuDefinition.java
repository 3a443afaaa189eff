package dev.vidame.wire;

import dev.vidame.wire.SubscribedSku.Units;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads what an operator defines of a product: the form is that of {@code subscribedskus}, so that
 * what was read there can be changed and sent back.
 */
public final class SkuDefinition {
  private static final String ENABLED = "Enabled";
  private static final Units NONE = new Units(0, 0, 0, 0);

  private SkuDefinition() {}

  /**
   * What a customer is to subscribe to of a product.
   *
   * @param id the product's, where it is known beside the body; null where the body must name it
   * @throws WireFormatException when a member is missing or has the wrong type
   */
  public static SubscribedSku read(JsonBody body, Optional<String> id) {
    JsonBody product = body.object("productSku");
    Optional<String> given = product.text("id");
    if (id.isPresent() && given.filter(text -> !text.equalsIgnoreCase(id.get())).isPresent()) {
      throw JsonBody.refused("productSku.id", "The value differs from the id of the address.");
    }
    return new SubscribedSku(
        new ProductSku(
            id.or(() -> given).orElseThrow(() -> JsonBody.missing("productSku.id")),
            product.text("name").orElseThrow(() -> JsonBody.missing("productSku.name")),
            product
                .text("skuPartNumber")
                .orElseThrow(() -> JsonBody.missing("productSku.skuPartNumber")),
            product.text("targetType").orElse(ProductSku.FOR_USERS),
            product.text("licenseGroupId").map(SkuDefinition::group).orElse(LicenseGroup.GROUP1)),
        units(body, NONE),
        plans(body),
        body.text("capabilityStatus").orElse(ENABLED));
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
    return body.number(name)
        .map(number -> (int) Math.max(-1, Math.min(number, Integer.MAX_VALUE)));
  }

  private static LicenseGroup group(String text) {
    return LicenseGroup.of(text)
        .orElseThrow(
            () ->
                new WireFormatException(
                    WireFormatException.Kind.UNKNOWN_ENUM,
                    "licenseGroupId",
                    "Unable to parse enum: %s",
                    text));
  }

  private static List<ServicePlan> plans(JsonBody body) {
    return body.objects("servicePlans").stream().map(SkuDefinition::plan).toList();
  }

  private static ServicePlan plan(JsonBody plan) {
    UUID id =
        plan.text("id")
            .flatMap(Guid::parse)
            .orElseThrow(() -> JsonBody.refused("servicePlans.id", "The value must be a GUID."));
    return new ServicePlan(
        id,
        plan.text("displayName").orElseThrow(() -> JsonBody.missing("servicePlans.displayName")),
        plan.text("serviceName").orElseThrow(() -> JsonBody.missing("servicePlans.serviceName")),
        plan.text("targetType").orElse(ProductSku.FOR_USERS));
  }
}
