package dev.vidame.server.customers;

import dev.vidame.directory.customers.Customer;
import dev.vidame.directory.customers.CustomerDetails;
import dev.vidame.directory.customers.Customers.Created;
import dev.vidame.wire.Address;
import dev.vidame.wire.BillingProfile;
import dev.vidame.wire.CompanyProfile;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.CustomerResource;
import dev.vidame.wire.CustomerResource.Credentials;
import dev.vidame.wire.Link;

/** Shows customers and their profiles as the wire does. */
final class CustomerView {
  static final String RESELLER = "reseller";

  private CustomerView() {}

  static CustomerResource of(CustomerDetails details) {
    Customer customer = details.customer();
    return new CustomerResource(
        customer.id(),
        details.commerceId(),
        company(details),
        billing(customer.id(), details.billing()),
        RESELLER,
        null,
        true,
        details.domains(),
        Link.get(path(customer.id())));
  }

  /** The answer to a create, which has no links and less of the company. */
  static CustomerResource created(Created created, String relationship) {
    CustomerDetails details = created.details();
    Customer customer = details.customer();
    return new CustomerResource(
        customer.id(),
        details.commerceId(),
        new CompanyProfile(
            customer.id(),
            customer.defaultDomain(),
            customer.companyName(),
            null,
            null,
            details.company().organizationRegistrationNumber(),
            null),
        withPhoneNumber(details.billing()),
        relationship,
        new Credentials(created.userName(), created.password()),
        null,
        null,
        null);
  }

  static CompanyProfile company(CustomerDetails details) {
    Customer customer = details.customer();
    return new CompanyProfile(
        customer.id(),
        customer.defaultDomain(),
        customer.companyName(),
        details.company().address(),
        details.company().email(),
        details.company().organizationRegistrationNumber(),
        Link.get(path(customer.id()) + "/profiles/company"));
  }

  static BillingProfile billing(CustomerId customer, BillingProfile profile) {
    return withPhoneNumber(profile).at(Link.get(path(customer) + "/profiles/billing"));
  }

  private static String path(CustomerId customer) {
    return "/customers/" + customer;
  }

  /** A billing address without a phone number has an empty one, as the documents print it. */
  private static BillingProfile withPhoneNumber(BillingProfile profile) {
    Address address = profile.defaultAddress();
    if (address == null || address.phoneNumber() != null) {
      return profile;
    }
    return new BillingProfile(
        profile.id(),
        profile.firstName(),
        profile.lastName(),
        profile.email(),
        profile.culture(),
        profile.language(),
        profile.companyName(),
        withEmptyPhoneNumber(address),
        profile.etag(),
        profile.self());
  }

  private static Address withEmptyPhoneNumber(Address address) {
    return new Address(
        address.country(),
        address.region(),
        address.city(),
        address.state(),
        address.addressLine1(),
        address.addressLine2(),
        address.postalCode(),
        address.firstName(),
        address.middleName(),
        address.lastName(),
        "");
  }
}
