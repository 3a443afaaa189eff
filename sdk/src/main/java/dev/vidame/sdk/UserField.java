package dev.vidame.sdk;

/** A property of user accounts by which lists are filtered and sorted. */
public enum UserField {
  /** The account's id. */
  ID("Id"),
  /** The sign-in name. */
  USER_PRINCIPAL_NAME("UserPrincipalName"),
  /** The name that people see. */
  DISPLAY_NAME("DisplayName"),
  /** The given name. */
  FIRST_NAME("FirstName"),
  /** The family name. */
  LAST_NAME("LastName"),
  /** The country of use, two letters. */
  USAGE_LOCATION("UsageLocation"),
  /** The key in a synchronised directory; for filters only. */
  IMMUTABLE_ID("ImmutableId");

  private final String wire;

  UserField(String wire) {
    this.wire = wire;
  }

  String wire() {
    return wire;
  }
}
