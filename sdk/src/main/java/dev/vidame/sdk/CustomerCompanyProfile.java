package dev.vidame.sdk;

import dev.vidame.wire.Address;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.JsonBody;
import org.jspecify.annotations.Nullable;

/**
 * Who a customer is. Immutable. Lists tell the first three.
 *
 * @param tenantId the customer
 * @param domain the default domain
 * @param companyName for people
 * @param address where the company is; it has a region where a billing address has a state
 * @param email how to reach it
 * @param organizationRegistrationNumber its number with the authorities of its country
 */
public record CustomerCompanyProfile(
    @Nullable CustomerId tenantId,
    @Nullable String domain,
    @Nullable String companyName,
    @Nullable Address address,
    @Nullable String email,
    @Nullable String organizationRegistrationNumber) {
  static CustomerCompanyProfile from(JsonBody in) {
    return new CustomerCompanyProfile(
        Members.customer(in, "tenantId"),
        Members.text(in, "domain"),
        Members.text(in, "companyName"),
        Members.address(in, "address"),
        Members.text(in, "email"),
        Members.text(in, "organizationRegistrationNumber"));
  }
}
