package dev.vidame.wire;

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
}
