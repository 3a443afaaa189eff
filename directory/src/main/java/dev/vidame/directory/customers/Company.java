package dev.vidame.directory.customers;

import dev.vidame.wire.Address;
import org.jspecify.annotations.Nullable;

/**
 * Who a customer is, beside its name and domain.
 *
 * @param organizationRegistrationNumber its number with the authorities of its country
 * @param email how to reach it
 * @param address where it is; null where that is not known
 */
public record Company(
    @Nullable String organizationRegistrationNumber,
    @Nullable String email,
    @Nullable Address address) {
  static final Company UNKNOWN = new Company(null, null, null);
}
