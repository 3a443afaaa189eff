package dev.vidame.sdk;

import dev.vidame.wire.BillingProfile;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.JsonBody;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A customer. Immutable. Lists tell the id, who it is, and the relationship; one customer's own
 * answer tells the rest.
 *
 * @param id the tenant
 * @param commerceId what commerce calls it
 * @param companyProfile who it is
 * @param billingProfile whom its bills go to; null in lists
 * @param relationshipToPartner what the partner is to it
 * @param allowDelegatedAccess whether the partner may act for it; null where nobody says
 * @param customDomains its verified domains, the default one first; empty in lists
 * @param associatedPartnerId its indirect reseller
 * @param userCredentials how its first administrator signs in; only in the answer to a create
 */
public record Customer(
    @Nullable CustomerId id,
    @Nullable String commerceId,
    CustomerCompanyProfile companyProfile,
    @Nullable BillingProfile billingProfile,
    @Nullable Relationship relationshipToPartner,
    @Nullable Boolean allowDelegatedAccess,
    List<String> customDomains,
    @Nullable String associatedPartnerId,
    @Nullable UserCredentials userCredentials) {

  /**
   * What a partner is to a customer. Values that this version does not know are kept.
   *
   * @param value in lower case, such as {@code reseller}
   */
  public record Relationship(String value) {
    /** The partner sells to the customer. */
    public static final Relationship RESELLER = new Relationship("reseller");

    /** There is none, or none any more. */
    public static final Relationship NONE = new Relationship("none");

    /** Spells the value in one way. */
    public Relationship {
      value = Members.snake(value);
    }

    /** The value. */
    @Override
    public String toString() {
      return value;
    }
  }

  /**
   * How a new customer's first administrator signs in.
   *
   * @param userName the name before the {@code @}
   * @param password the clear text, told once; null where it was told already
   */
  public record UserCredentials(@Nullable String userName, @Nullable String password) {
    /** Never shows the password. */
    @Override
    public String toString() {
      return "UserCredentials[userName=" + userName + ", password=***]";
    }
  }

  /** Copies the domains. */
  public Customer {
    customDomains = List.copyOf(customDomains);
  }

  static Customer fromJson(byte[] json) {
    return from(JsonBody.parse(json));
  }

  static Customer from(JsonBody in) {
    return new Customer(
        Members.customer(in, "id"),
        Members.text(in, "commerceId"),
        CustomerCompanyProfile.from(in.object("companyProfile")),
        Members.billing(in, "billingProfile"),
        in.scalar("relationshipToPartner").map(Relationship::new).orElse(null),
        Members.bool(in, "allowDelegatedAccess"),
        in.texts("customDomains").orElse(List.of()),
        Members.text(in, "associatedPartnerId"),
        Members.has(in, "userCredentials") ? credentials(in.object("userCredentials")) : null);
  }

  private static UserCredentials credentials(JsonBody in) {
    return new UserCredentials(Members.text(in, "userName"), Members.text(in, "password"));
  }
}
