package dev.vidame.wire;

import org.jspecify.annotations.Nullable;

/**
 * What a client sends to create a customer (wire-spec §2.3): all that the answer depends on. The
 * company's name comes from the billing profile. Immutable.
 *
 * @param id an id that the client gave, which is not taken
 * @param domain the first verified domain
 * @param organizationRegistrationNumber the company's number with the authorities of its country
 * @param billingProfile whom bills go to
 * @param associatedPartnerId an indirect reseller
 * @param givesPassword whether the client chose the first administrator's password, which is not
 *     taken
 */
public record CustomerCreation(
    @Nullable String id,
    @Nullable String domain,
    @Nullable String organizationRegistrationNumber,
    @Nullable BillingProfile billingProfile,
    @Nullable String associatedPartnerId,
    boolean givesPassword) {

  /**
   * Reads a request.
   *
   * @throws WireFormatException when it cannot be read, or says that it is something else
   */
  public static CustomerCreation fromJson(byte[] json) {
    JsonObject in = Json.readObject(json);
    ObjectType.require(in.object("attributes"), CustomerResource.OBJECT_TYPE);
    JsonObject company = in.object("companyProfile");
    JsonObject billing = in.object("billingProfile");
    JsonObject credentials = in.object("userCredentials");
    return new CustomerCreation(
        in.text("id"),
        company == null ? null : company.text("domain"),
        company == null ? null : company.text("organizationRegistrationNumber"),
        billing == null ? null : BillingProfileJson.read(billing),
        in.scalar("associatedPartnerId"),
        credentials != null
            && credentials.has("password")
            && !"".equals(credentials.scalar("password")));
  }
}
