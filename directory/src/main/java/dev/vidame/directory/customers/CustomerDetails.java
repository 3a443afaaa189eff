package dev.vidame.directory.customers;

import dev.vidame.wire.BillingProfile;
import java.util.List;
import java.util.UUID;

/**
 * Everything that is known of a customer.
 *
 * @param customer what lists show of it
 * @param commerceId what commerce calls it
 * @param company who it is
 * @param billing whom bills go to, with id and tag
 * @param domains its verified domains, the default one first
 */
public record CustomerDetails(
    Customer customer,
    UUID commerceId,
    Company company,
    BillingProfile billing,
    List<String> domains) {

  /** Copies the domains. */
  public CustomerDetails {
    domains = List.copyOf(domains);
  }

  static CustomerDetails of(Customer customer, Profiles profiles, List<String> domains) {
    return new CustomerDetails(
        customer,
        DerivedIds.commerce(customer.id()),
        profiles.company(),
        DerivedIds.identified(customer.id(), profiles),
        domains);
  }
}
