package dev.vidame.wire;

import java.util.UUID;
import tools.jackson.core.JsonGenerator;

/**
 * A product (wire-spec §5.1). Immutable.
 *
 * @param id a GUID in lower case in the first group, a text such as {@code CFQ7TTC0K5DR/0002} in
 *     the second
 * @param name for people
 * @param skuPartNumber for programs; may stand for the id
 * @param targetType whom it is for: {@code User} or {@code Tenant}
 * @param licenseGroup who manages its licences
 */
public record ProductSku(
    String id, String name, String skuPartNumber, String targetType, LicenseGroup licenseGroup) {
  /** The target type of the products that accounts can have licences of. */
  public static final String FOR_USERS = "User";

  /** An id in the one spelling that is stored and sent: a GUID in lower case, all else as it is. */
  public ProductSku {
    id = spelled(id);
  }

  /** A text that names a product, in the spelling of {@link #id}. */
  static String spelled(String text) {
    return Guid.parse(text).map(UUID::toString).orElse(text);
  }

  void write(JsonGenerator out, boolean hasTargetType) {
    out.writeObjectPropertyStart("productSku");
    out.writeStringProperty("id", id);
    out.writeStringProperty("name", name);
    out.writeStringProperty("skuPartNumber", skuPartNumber);
    if (hasTargetType) {
      out.writeStringProperty("targetType", targetType);
    }
    out.writeStringProperty("licenseGroupId", licenseGroup.wire());
    out.writeEndObject();
  }
}
