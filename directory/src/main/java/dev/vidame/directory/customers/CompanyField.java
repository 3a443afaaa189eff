package dev.vidame.directory.customers;

import dev.vidame.wire.Address;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The properties of a company, in the order of the wire. */
enum CompanyField implements ProfileField<Company> {
  ORGANIZATION_REGISTRATION_NUMBER(
      "organizationRegistrationNumber",
      "organization_registration_number",
      Company::organizationRegistrationNumber),
  EMAIL("email", "company_email", Company::email),
  COUNTRY("address.country", "company_country", inAddress(Address::country)),
  REGION("address.region", "company_region", inAddress(Address::region)),
  CITY("address.city", "company_city", inAddress(Address::city)),
  ADDRESS_LINE_1(
      "address.addressLine1", "company_address_line_1", inAddress(Address::addressLine1)),
  ADDRESS_LINE_2(
      "address.addressLine2", "company_address_line_2", inAddress(Address::addressLine2)),
  POSTAL_CODE("address.postalCode", "company_postal_code", inAddress(Address::postalCode)),
  PHONE_NUMBER("address.phoneNumber", "company_phone_number", inAddress(Address::phoneNumber));

  private final String path;
  private final String column;

  @SuppressWarnings("ImmutableEnumChecker") // method references, without state
  private final Function<Company, @Nullable String> reader;

  CompanyField(String path, String column, Function<Company, @Nullable String> reader) {
    this.path = path;
    this.column = column;
    this.reader = reader;
  }

  private static Function<Company, @Nullable String> inAddress(
      Function<Address, @Nullable String> part) {
    return company -> company.address() == null ? null : part.apply(company.address());
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public String column() {
    return column;
  }

  @Override
  public @Nullable String of(Company company) {
    return reader.apply(company);
  }

  /** The company that has these values. */
  static Company company(Function<CompanyField, @Nullable String> values) {
    Address address =
        new Address(
            values.apply(COUNTRY),
            values.apply(REGION),
            values.apply(CITY),
            null,
            values.apply(ADDRESS_LINE_1),
            values.apply(ADDRESS_LINE_2),
            values.apply(POSTAL_CODE),
            null,
            null,
            null,
            values.apply(PHONE_NUMBER));
    return new Company(
        values.apply(ORGANIZATION_REGISTRATION_NUMBER),
        values.apply(EMAIL),
        address.isBlank() ? null : address);
  }
}
