package dev.vidame.wire;

import org.jspecify.annotations.Nullable;

/**
 * A partial update of a user account: only what it names changes. Immutable.
 *
 * {@snippet :
 * CustomerUserUpdate update =
 *     CustomerUserUpdate.builder().displayName("Grace Hopper").usageLocation("US").clearPhoneNumber().build();
 * }
 *
 * @param usageLocation two letters
 * @param id the account, when the body names it; it must then be the one of the path
 * @param userPrincipalName the sign-in name
 * @param firstName clearable
 * @param lastName clearable
 * @param displayName the name that people see
 * @param immutableId clearable
 * @param phoneNumber clearable
 * @param passwordProfile a password to set, or null to leave it alone
 * @param state {@link UserState#ACTIVE} restores a deleted account and leaves an active one alone;
 *     null says nothing
 */
public record CustomerUserUpdate(
    FieldUpdate<String> usageLocation,
    @Nullable String id,
    FieldUpdate<String> userPrincipalName,
    FieldUpdate<String> firstName,
    FieldUpdate<String> lastName,
    FieldUpdate<String> displayName,
    FieldUpdate<String> immutableId,
    FieldUpdate<String> phoneNumber,
    @Nullable PasswordProfile passwordProfile,
    @Nullable UserState state) {

  /** The JSON in UTF-8: kept properties are absent, cleared ones are the empty text. */
  public byte[] toJson() {
    return CustomerUserUpdateJson.write(this);
  }

  /**
   * Reads a request body as clients of this API write it: names in any case, a name again in
   * another case (the last value that is not null wins), nulls for what is to stay, the whole
   * resource echoed back.
   *
   * @throws WireFormatException when the body cannot be read, or {@code state} or {@code
   *     attributes.objectType} has an impossible value
   */
  public static CustomerUserUpdate fromJson(byte[] json) {
    return CustomerUserUpdateJson.read(json);
  }

  /** Whether the update names a password profile and nothing else, as a password reset does. */
  public boolean isPasswordOnly() {
    return passwordProfile != null && state == null && namesNoField();
  }

  /** Whether the update would change nothing of an account in use but its password profile. */
  public boolean changesOnlyPassword() {
    return passwordProfile != null && state != UserState.INACTIVE && namesNoField();
  }

  /** Whether the update would change nothing, whatever the account holds. */
  public boolean isEmpty() {
    return passwordProfile == null && state == null && namesNoField();
  }

  private boolean namesNoField() {
    return isKept(usageLocation)
        && isKept(userPrincipalName)
        && isKept(firstName)
        && isKept(lastName)
        && isKept(displayName)
        && isKept(immutableId)
        && isKept(phoneNumber);
  }

  private static boolean isKept(FieldUpdate<String> field) {
    return field instanceof FieldUpdate.Keep<String>;
  }

  /** A builder whose every property is kept. */
  public static Builder builder() {
    return new Builder();
  }

  /** Builds an update. Not thread-safe. */
  public static final class Builder {
    private FieldUpdate<String> usageLocation = FieldUpdate.keep();
    private FieldUpdate<String> userPrincipalName = FieldUpdate.keep();
    private FieldUpdate<String> firstName = FieldUpdate.keep();
    private FieldUpdate<String> lastName = FieldUpdate.keep();
    private FieldUpdate<String> displayName = FieldUpdate.keep();
    private FieldUpdate<String> immutableId = FieldUpdate.keep();
    private FieldUpdate<String> phoneNumber = FieldUpdate.keep();
    private @Nullable PasswordProfile passwordProfile;
    private @Nullable UserState state;

    private Builder() {}

    /** Sets the country of use, two letters. */
    public Builder usageLocation(String value) {
      usageLocation = nonEmpty(value, "usageLocation");
      return this;
    }

    /** Renames the account; the domain must be a verified one of the customer. */
    public Builder userPrincipalName(String value) {
      userPrincipalName = nonEmpty(value, "userPrincipalName");
      return this;
    }

    /** Sets the given name. */
    public Builder firstName(String value) {
      firstName = nonEmpty(value, "firstName");
      return this;
    }

    /** Empties the given name. */
    public Builder clearFirstName() {
      firstName = FieldUpdate.clear();
      return this;
    }

    /** Sets the family name. */
    public Builder lastName(String value) {
      lastName = nonEmpty(value, "lastName");
      return this;
    }

    /** Empties the family name. */
    public Builder clearLastName() {
      lastName = FieldUpdate.clear();
      return this;
    }

    /** Sets the name that people see. */
    public Builder displayName(String value) {
      displayName = nonEmpty(value, "displayName");
      return this;
    }

    /** Sets the key in a synchronised directory. */
    public Builder immutableId(String value) {
      immutableId = nonEmpty(value, "immutableId");
      return this;
    }

    /** Empties the key in a synchronised directory. */
    public Builder clearImmutableId() {
      immutableId = FieldUpdate.clear();
      return this;
    }

    /** Sets the phone number. */
    public Builder phoneNumber(String value) {
      phoneNumber = nonEmpty(value, "phoneNumber");
      return this;
    }

    /** Empties the phone number. */
    public Builder clearPhoneNumber() {
      phoneNumber = FieldUpdate.clear();
      return this;
    }

    /** Sets the password, the flag, or both. */
    public Builder passwordProfile(PasswordProfile value) {
      passwordProfile = value;
      return this;
    }

    /** Restores the account if it is deleted. */
    public Builder restore() {
      state = UserState.ACTIVE;
      return this;
    }

    /** The update. */
    public CustomerUserUpdate build() {
      return new CustomerUserUpdate(
          usageLocation,
          null,
          userPrincipalName,
          firstName,
          lastName,
          displayName,
          immutableId,
          phoneNumber,
          passwordProfile,
          state);
    }

    private static FieldUpdate<String> nonEmpty(String value, String name) {
      if (value.isEmpty()) {
        throw new IllegalArgumentException(
            name + " must not be empty; use the clear method where there is one");
      }
      return FieldUpdate.set(value);
    }
  }
}
