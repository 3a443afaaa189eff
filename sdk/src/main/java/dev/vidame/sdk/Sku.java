package dev.vidame.sdk;

import dev.vidame.wire.JsonBody;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A product. Immutable.
 *
 * @param id the product
 * @param name for people
 * @param partNumber for programs, such as {@code EMS}
 * @param targetType whom it is for, {@code User} or {@code Tenant}; a user's licence does not tell
 * @param licenseGroup who manages its licences, {@code group1} or {@code group2}, or what the
 *     service calls it
 */
public record Sku(
    @Nullable SkuId id,
    @Nullable String name,
    @Nullable String partNumber,
    @Nullable String targetType,
    @Nullable String licenseGroup) {

  /**
   * A part of a product. Immutable.
   *
   * @param id the part
   * @param displayName for people
   * @param serviceName for programs
   * @param capabilityStatus {@code Enabled} of a subscription; of a user's licence {@code
   *     Assigned}, or {@code Disabled} where the part was left out
   * @param targetType whom it is for
   */
  public record Plan(
      @Nullable UUID id,
      @Nullable String displayName,
      @Nullable String serviceName,
      @Nullable String capabilityStatus,
      @Nullable String targetType) {
    static Plan from(JsonBody in) {
      return new Plan(
          Members.uuid(in, "id"),
          Members.text(in, "displayName"),
          Members.text(in, "serviceName"),
          Members.text(in, "capabilityStatus"),
          Members.text(in, "targetType"));
    }
  }

  static Sku from(JsonBody in) {
    String group = Members.text(in, "licenseGroupId");
    return new Sku(
        in.scalar("id").filter(id -> !id.isBlank()).map(SkuId::new).orElse(null),
        Members.text(in, "name"),
        Members.text(in, "skuPartNumber"),
        Members.text(in, "targetType"),
        group == null ? null : group.toLowerCase(Locale.ROOT));
  }
}
