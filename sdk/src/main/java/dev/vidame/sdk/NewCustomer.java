package dev.vidame.sdk;

import dev.vidame.wire.Address;
import dev.vidame.wire.BillingProfile;
import dev.vidame.wire.JsonBody;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A customer to create. Immutable. The company's name is the billing profile's.
 *
 * {@snippet :
 * NewCustomer customer =
 *     NewCustomer.builder()
 *         .domain("contoso.example")
 *         .billingProfile(
 *             BillingProfile.builder()
 *                 .companyName("Contoso")
 *                 .culture("en-US")
 *                 .language("en")
 *                 .email("bills@contoso.example")
 *                 .defaultAddress(
 *                     Address.builder()
 *                         .country("US")
 *                         .state("WA")
 *                         .city("Redmond")
 *                         .addressLine1("One Way")
 *                         .postalCode("98052")
 *                         .firstName("Grace")
 *                         .lastName("Hopper")
 *                         .build())
 *                 .build())
 *         .build();
 * }
 */
public final class NewCustomer {
  private final String domain;
  private final BillingProfile billingProfile;
  private final @Nullable String organizationRegistrationNumber;
  private final @Nullable String associatedPartnerId;

  private NewCustomer(Builder builder) {
    this.domain = PartnerClient.Builder.required(builder.domain, "domain");
    this.billingProfile = PartnerClient.Builder.required(builder.billingProfile, "billingProfile");
    this.organizationRegistrationNumber = builder.organizationRegistrationNumber;
    this.associatedPartnerId = builder.associatedPartnerId;
  }

  /** A builder that knows nothing yet. */
  public static Builder builder() {
    return new Builder();
  }

  byte[] toJson() {
    Map<String, @Nullable Object> company = new LinkedHashMap<>();
    company.put("domain", domain);
    company.put("organizationRegistrationNumber", organizationRegistrationNumber);
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("companyProfile", company);
    members.put("billingProfile", billing(billingProfile));
    members.put("associatedPartnerId", associatedPartnerId);
    members.put("attributes", Map.of("objectType", "Customer"));
    return JsonBody.write(members);
  }

  private static Map<String, @Nullable Object> billing(BillingProfile profile) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("firstName", profile.firstName());
    members.put("lastName", profile.lastName());
    members.put("email", profile.email());
    members.put("culture", profile.culture());
    members.put("language", profile.language());
    members.put("companyName", profile.companyName());
    Address address = profile.defaultAddress();
    members.put("defaultAddress", address == null ? null : address(address));
    return members;
  }

  private static Map<String, @Nullable Object> address(Address address) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("country", address.country());
    members.put("region", address.region());
    members.put("city", address.city());
    members.put("state", address.state());
    members.put("addressLine1", address.addressLine1());
    members.put("addressLine2", address.addressLine2());
    members.put("postalCode", address.postalCode());
    members.put("firstName", address.firstName());
    members.put("middleName", address.middleName());
    members.put("lastName", address.lastName());
    members.put("phoneNumber", address.phoneNumber());
    return members;
  }

  /** The JSON that is sent. */
  @Override
  public String toString() {
    return Redaction.body(toJson());
  }

  /** Builds a customer. Not thread-safe. */
  public static final class Builder {
    private @Nullable String domain;
    private @Nullable BillingProfile billingProfile;
    private @Nullable String organizationRegistrationNumber;
    private @Nullable String associatedPartnerId;

    private Builder() {}

    /** Sets the customer's first domain, which nobody on the service has. Required. */
    public Builder domain(String value) {
      domain = value;
      return this;
    }

    /**
     * Sets whom bills go to. Required, with company name, mail address, culture, language and an
     * address that its country takes.
     */
    public Builder billingProfile(BillingProfile value) {
      billingProfile = value;
      return this;
    }

    /** Sets the company's number with the authorities, which eleven countries ask for. */
    public Builder organizationRegistrationNumber(String value) {
      organizationRegistrationNumber = value;
      return this;
    }

    /** Sets the indirect reseller; Vidame has none. */
    public Builder associatedPartnerId(String mpnId) {
      associatedPartnerId = mpnId;
      return this;
    }

    /**
     * The customer.
     *
     * @throws IllegalStateException when the domain or the billing profile is missing
     */
    public NewCustomer build() {
      return new NewCustomer(this);
    }
  }
}
