package dev.vidame.wire;

/**
 * A customer as lists show it (wire-spec §2). Immutable.
 *
 * @param id the tenant
 * @param domain the default domain
 * @param companyName for people
 * @param relationshipToPartner such as {@code reseller}
 */
public record ListedCustomer(
    CustomerId id, String domain, String companyName, String relationshipToPartner) {

  /** The JSON in UTF-8. */
  public byte[] toJson() {
    String self = "/customers/" + id;
    return Json.write(out -> {
      out.writeStringProperty("id", id.toString());
      out.writeObjectPropertyStart("companyProfile");
      out.writeStringProperty("tenantId", id.toString());
      out.writeStringProperty("domain", domain);
      out.writeStringProperty("companyName", companyName);
      out.writeObjectPropertyStart("links");
      Json.link(out, "self", Link.get(self + "/profiles/company"));
      out.writeEndObject();
      Json.attributes(out, "CustomerCompanyProfile");
      out.writeEndObject();
      out.writeStringProperty("relationshipToPartner", relationshipToPartner);
      out.writeObjectPropertyStart("links");
      Json.link(out, "self", Link.get(self));
      out.writeEndObject();
      Json.attributes(out, "Customer");
    });
  }
}
