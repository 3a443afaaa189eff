package dev.vidame.directory.customers;

import dev.vidame.wire.Address;
import dev.vidame.wire.BillingProfile;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The properties of a billing profile, in the order of the wire. */
enum BillingField implements ProfileField<BillingProfile> {
  FIRST_NAME("firstName", "first_name", BillingProfile::firstName),
  LAST_NAME("lastName", "last_name", BillingProfile::lastName),
  EMAIL("email", "email", BillingProfile::email),
  CULTURE("culture", "culture", BillingProfile::culture),
  LANGUAGE("language", "language", BillingProfile::language),
  COMPANY_NAME("companyName", "company_name", BillingProfile::companyName),
  COUNTRY("defaultAddress.country", "country", inAddress(Address::country)),
  REGION("defaultAddress.region", "region", inAddress(Address::region)),
  CITY("defaultAddress.city", "city", inAddress(Address::city)),
  STATE("defaultAddress.state", "state", inAddress(Address::state)),
  ADDRESS_LINE_1("defaultAddress.addressLine1", "address_line_1", inAddress(Address::addressLine1)),
  ADDRESS_LINE_2("defaultAddress.addressLine2", "address_line_2", inAddress(Address::addressLine2)),
  POSTAL_CODE("defaultAddress.postalCode", "postal_code", inAddress(Address::postalCode)),
  ADDRESS_FIRST_NAME(
      "defaultAddress.firstName", "address_first_name", inAddress(Address::firstName)),
  ADDRESS_MIDDLE_NAME(
      "defaultAddress.middleName", "address_middle_name", inAddress(Address::middleName)),
  ADDRESS_LAST_NAME("defaultAddress.lastName", "address_last_name", inAddress(Address::lastName)),
  PHONE_NUMBER("defaultAddress.phoneNumber", "phone_number", inAddress(Address::phoneNumber));

  private final String path;
  private final String column;

  @SuppressWarnings("ImmutableEnumChecker") // method references, without state
  private final Function<BillingProfile, @Nullable String> reader;

  BillingField(String path, String column, Function<BillingProfile, @Nullable String> reader) {
    this.path = path;
    this.column = column;
    this.reader = reader;
  }

  private static Function<BillingProfile, @Nullable String> inAddress(
      Function<Address, @Nullable String> part) {
    return profile ->
        profile.defaultAddress() == null ? null : part.apply(profile.defaultAddress());
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
  public @Nullable String of(BillingProfile profile) {
    return reader.apply(profile);
  }

  /** The profile that has these values, without its id, tag and link. */
  static BillingProfile profile(Function<BillingField, @Nullable String> values) {
    Address address =
        new Address(
            values.apply(COUNTRY),
            values.apply(REGION),
            values.apply(CITY),
            values.apply(STATE),
            values.apply(ADDRESS_LINE_1),
            values.apply(ADDRESS_LINE_2),
            values.apply(POSTAL_CODE),
            values.apply(ADDRESS_FIRST_NAME),
            values.apply(ADDRESS_MIDDLE_NAME),
            values.apply(ADDRESS_LAST_NAME),
            values.apply(PHONE_NUMBER));
    return new BillingProfile(
        null,
        values.apply(FIRST_NAME),
        values.apply(LAST_NAME),
        values.apply(EMAIL),
        values.apply(CULTURE),
        values.apply(LANGUAGE),
        values.apply(COMPANY_NAME),
        address.isBlank() ? null : address,
        null,
        null);
  }
}
