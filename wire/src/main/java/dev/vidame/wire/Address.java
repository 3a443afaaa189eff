package dev.vidame.wire;

import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A postal address. A billing address has a state where a company's has a region (wire-spec §2.2).
 * Immutable.
 *
 * @param country two letters
 * @param region a part of the country, free text
 * @param city the town
 * @param state a part of the country, as a code
 * @param addressLine1 street and number
 * @param addressLine2 what does not fit there
 * @param postalCode in the country's form
 * @param firstName of who receives mail
 * @param middleName of who receives mail
 * @param lastName of who receives mail
 * @param phoneNumber free text
 */
public record Address(
    @Nullable String country,
    @Nullable String region,
    @Nullable String city,
    @Nullable String state,
    @Nullable String addressLine1,
    @Nullable String addressLine2,
    @Nullable String postalCode,
    @Nullable String firstName,
    @Nullable String middleName,
    @Nullable String lastName,
    @Nullable String phoneNumber) {

  /** Reads an address that stands inside something else. */
  public static Address from(JsonBody body) {
    return Objects.requireNonNull(AddressJson.read(body.members()));
  }

  /** Whether nothing of it is known. */
  public boolean isBlank() {
    return Stream.of(
            country,
            region,
            city,
            state,
            addressLine1,
            addressLine2,
            postalCode,
            firstName,
            middleName,
            lastName,
            phoneNumber)
        .allMatch(part -> part == null || part.isEmpty());
  }

  /** A builder that knows nothing yet. */
  public static Builder builder() {
    return new Builder();
  }

  /** Builds an address. Not thread-safe. */
  public static final class Builder {
    private @Nullable String country;
    private @Nullable String region;
    private @Nullable String city;
    private @Nullable String state;
    private @Nullable String addressLine1;
    private @Nullable String addressLine2;
    private @Nullable String postalCode;
    private @Nullable String firstName;
    private @Nullable String middleName;
    private @Nullable String lastName;
    private @Nullable String phoneNumber;

    private Builder() {}

    /** Sets the country, two letters. */
    public Builder country(String value) {
      country = value;
      return this;
    }

    /** Sets a part of the country, free text; of a company's address. */
    public Builder region(String value) {
      region = value;
      return this;
    }

    /** Sets the town. */
    public Builder city(String value) {
      city = value;
      return this;
    }

    /** Sets a part of the country, as a code; of a billing address. */
    public Builder state(String value) {
      state = value;
      return this;
    }

    /** Sets street and number. */
    public Builder addressLine1(String value) {
      addressLine1 = value;
      return this;
    }

    /** Sets what does not fit there. */
    public Builder addressLine2(String value) {
      addressLine2 = value;
      return this;
    }

    /** Sets the postal code, in the country's form. */
    public Builder postalCode(String value) {
      postalCode = value;
      return this;
    }

    /** Sets the given name of who receives mail. */
    public Builder firstName(String value) {
      firstName = value;
      return this;
    }

    /** Sets the middle name of who receives mail. */
    public Builder middleName(String value) {
      middleName = value;
      return this;
    }

    /** Sets the family name of who receives mail. */
    public Builder lastName(String value) {
      lastName = value;
      return this;
    }

    /** Sets a phone number, free text. */
    public Builder phoneNumber(String value) {
      phoneNumber = value;
      return this;
    }

    /** The address. */
    public Address build() {
      return new Address(
          country,
          region,
          city,
          state,
          addressLine1,
          addressLine2,
          postalCode,
          firstName,
          middleName,
          lastName,
          phoneNumber);
    }
  }
}
