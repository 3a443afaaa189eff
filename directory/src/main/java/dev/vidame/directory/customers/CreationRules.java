package dev.vidame.directory.customers;

import dev.vidame.directory.Failure;
import dev.vidame.directory.Failure.CountryDuty;
import dev.vidame.directory.users.Problem;
import dev.vidame.directory.users.Rule;
import dev.vidame.wire.Address;
import dev.vidame.wire.BillingProfile;
import dev.vidame.wire.CustomerCreation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rules of a new customer (wire-spec §2.3). Pure. */
final class CreationRules {
  private CreationRules() {}

  /**
   * What a new customer is made of, each text in its one spelling.
   *
   * @param domain the first verified domain
   * @param profiles whom bills go to, and who the company is
   */
  record Checked(String domain, Profiles profiles) {
    String companyName() {
      return Objects.requireNonNull(profiles.billing().companyName());
    }
  }

  /**
   * Checks what the caller gave.
   *
   * @throws dev.vidame.directory.DirectoryException with every problem of it
   */
  static Checked check(CustomerCreation given) {
    List<Problem> problems = new ArrayList<>();
    String domain = given.domain() == null ? "" : given.domain().strip();
    if (domain.isEmpty()) {
      problems.add(Problem.of("companyProfile.domain", Rule.REQUIRED));
    } else if (!DomainName.isValid(domain)) {
      problems.add(Problem.of("companyProfile.domain", Rule.MALFORMED_DOMAIN));
    }
    BillingProfile billing = BillingField.profile(field -> null);
    if (given.billingProfile() == null) {
      problems.add(Problem.of("billingProfile", Rule.REQUIRED));
    } else {
      billing = BillingRules.check(Profiles.BILLING, given.billingProfile(), problems);
    }
    if (given.associatedPartnerId() != null && !given.associatedPartnerId().isBlank()) {
      problems.add(Problem.of("associatedPartnerId", Rule.NO_INDIRECT_RESELLERS));
    }
    if (given.givesPassword()) {
      problems.add(Problem.of("userCredentials.password", Rule.PASSWORD_NOT_TAKEN));
    }
    if (!problems.isEmpty()) {
      throw new Failure.Invalid(problems).asException();
    }
    String number = blankToNull(given.organizationRegistrationNumber());
    checkCountry(number, billing);
    return new Checked(
        DomainName.normalise(domain),
        new Profiles(Profiles.CREATION, billing, company(number, billing)));
  }

  private static void checkCountry(@Nullable String number, BillingProfile billing) {
    String country = Objects.requireNonNull(BillingField.COUNTRY.of(billing));
    if (!AddressRules.requiresOrganizationNumber(country)) {
      if (number != null) {
        throw new CountryDuty(CountryDuty.Kind.ORGANIZATION_NUMBER_NOT_TAKEN).asException();
      }
    } else if (number == null) {
      throw new CountryDuty(CountryDuty.Kind.ORGANIZATION_NUMBER_MISSING).asException();
    } else if (!AddressRules.isOrganizationNumber(country, number)) {
      throw new CountryDuty(CountryDuty.Kind.ORGANIZATION_NUMBER_MALFORMED).asException();
    }
    BillingRules.requirePhoneNumber(billing);
  }

  private static @Nullable String blankToNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  /** A company is where its bills go; what is a state there is a region here. */
  private static Company company(@Nullable String number, BillingProfile billing) {
    Address address = Objects.requireNonNull(billing.defaultAddress());
    return new Company(
        number,
        billing.email(),
        new Address(
            address.country(),
            address.region() == null ? address.state() : address.region(),
            address.city(),
            null,
            address.addressLine1(),
            address.addressLine2(),
            address.postalCode(),
            null,
            null,
            null,
            address.phoneNumber()));
  }
}
