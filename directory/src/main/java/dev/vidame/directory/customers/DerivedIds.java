package dev.vidame.directory.customers;

import dev.vidame.wire.BillingProfile;
import dev.vidame.wire.CustomerId;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** What follows from a customer's id, so that nothing of it is stored (docs/decisions/0021). */
final class DerivedIds {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private DerivedIds() {}

  static UUID commerce(CustomerId customer) {
    return named("commerce", customer);
  }

  private static UUID named(String purpose, CustomerId customer) {
    return UUID.nameUUIDFromBytes((purpose + "/" + customer).getBytes(StandardCharsets.UTF_8));
  }

  /** The billing profile as callers know it. */
  static BillingProfile identified(CustomerId customer, Profiles profiles) {
    BillingProfile profile = profiles.billing();
    return new BillingProfile(
        named("billing", customer).toString(),
        profile.firstName(),
        profile.lastName(),
        profile.email(),
        profile.culture(),
        profile.language(),
        profile.companyName(),
        profile.defaultAddress(),
        tag(customer, profiles.billingVersion()),
        null);
  }

  /**
   * A version as a number with its sign, as the wire has it. Each step can be undone, so no two
   * versions of a customer share a tag.
   */
  static String tag(CustomerId customer, long version) {
    UUID id = customer.value();
    long mixed = (version * GOLDEN) ^ id.getMostSignificantBits();
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return Long.toString((mixed ^ (mixed >>> 31)) ^ id.getLeastSignificantBits());
  }
}
