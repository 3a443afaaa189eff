package dev.vidame.wire;

import java.util.UUID;
import tools.jackson.core.JsonGenerator;

/**
 * A part of a product (wire-spec §5.1). Immutable.
 *
 * @param id the plan
 * @param displayName for people
 * @param serviceName for programs
 * @param targetType whom it is for: {@code User} or {@code Tenant}
 */
public record ServicePlan(UUID id, String displayName, String serviceName, String targetType) {

  /**
   * Writes it.
   *
   * @param capabilityStatus such as {@code Enabled}; a free text, and so with a capital, for every
   *     client
   */
  void write(JsonGenerator out, String capabilityStatus) {
    out.writeStartObject();
    out.writeStringProperty("displayName", displayName);
    out.writeStringProperty("serviceName", serviceName);
    out.writeStringProperty("id", id.toString());
    out.writeStringProperty("capabilityStatus", capabilityStatus);
    out.writeStringProperty("targetType", targetType);
    out.writeEndObject();
  }
}
