package dev.vidame.wire;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A customer as the routes on one customer show it (wire-spec §2.2 and §2.3). Immutable.
 *
 * @param id the tenant
 * @param commerceId what commerce calls it
 * @param companyProfile who it is
 * @param billingProfile whom its bills go to
 * @param relationshipToPartner such as {@code reseller}
 * @param credentials of the first administrator; only in the answer to a create
 * @param allowDelegatedAccess whether the partner may act for it; null in the answer to a create
 * @param customDomains its verified domains, the default one first; null in the answer to a create
 * @param self where it is found; null in the answer to a create
 */
public record CustomerResource(
    CustomerId id,
    UUID commerceId,
    CompanyProfile companyProfile,
    BillingProfile billingProfile,
    String relationshipToPartner,
    @Nullable Credentials credentials,
    @Nullable Boolean allowDelegatedAccess,
    @Nullable List<String> customDomains,
    @Nullable Link self) {
  static final String OBJECT_TYPE = "Customer";

  /**
   * How the first administrator signs in.
   *
   * @param userName the name before the {@code @}
   * @param password the clear text, shown once; null where it was shown already
   */
  public record Credentials(String userName, @Nullable String password) {
    /** Never shows the password. */
    @Override
    public String toString() {
      return "Credentials[userName=" + userName + "]";
    }
  }

  /** The JSON in UTF-8. */
  public byte[] toJson() {
    return Json.write(out -> {
      out.writeStringProperty("id", id.toString());
      out.writeStringProperty("commerceId", commerceId.toString());
      out.writeObjectPropertyStart("companyProfile");
      companyProfile.members(out);
      out.writeEndObject();
      out.writeObjectPropertyStart("billingProfile");
      BillingProfileJson.members(out, billingProfile);
      out.writeEndObject();
      out.writeStringProperty("relationshipToPartner", relationshipToPartner);
      if (credentials != null) {
        out.writeObjectPropertyStart("userCredentials");
        out.writeStringProperty("userName", credentials.userName());
        Json.text(out, "password", credentials.password());
        out.writeEndObject();
      }
      if (allowDelegatedAccess != null) {
        out.writeBooleanProperty("allowDelegatedAccess", allowDelegatedAccess);
      }
      if (customDomains != null) {
        out.writeArrayPropertyStart("customDomains");
        customDomains.forEach(out::writeString);
        out.writeEndArray();
      }
      if (self != null) {
        out.writeObjectPropertyStart("links");
        Json.link(out, "self", self);
        out.writeEndObject();
      }
      Json.attributes(out, OBJECT_TYPE);
    });
  }
}
