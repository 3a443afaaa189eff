package dev.vidame.wire;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Who a customer is (wire-spec §2.6). Immutable.
 *
 * @param tenantId the customer
 * @param domain the default domain
 * @param companyName for people
 * @param address where the company is
 * @param email how to reach it
 * @param organizationRegistrationNumber its number with the authorities of its country
 * @param self where the profile is found; null in the answer to a create
 */
public record CompanyProfile(
    CustomerId tenantId,
    String domain,
    String companyName,
    @Nullable Address address,
    @Nullable String email,
    @Nullable String organizationRegistrationNumber,
    @Nullable Link self) {

  /** The JSON in UTF-8. */
  public byte[] toJson() {
    return Json.write(this::members);
  }

  void members(JsonGenerator out) {
    out.writeStringProperty("tenantId", tenantId.toString());
    out.writeStringProperty("domain", domain);
    out.writeStringProperty("companyName", companyName);
    AddressJson.write(out, "address", address);
    Json.text(out, "email", email);
    Json.text(out, "organizationRegistrationNumber", organizationRegistrationNumber);
    if (self != null) {
      out.writeObjectPropertyStart("links");
      Json.link(out, "self", self);
      out.writeEndObject();
    }
    Json.attributes(out, "CustomerCompanyProfile");
  }
}
