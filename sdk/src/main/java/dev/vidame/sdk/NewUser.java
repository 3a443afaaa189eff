package dev.vidame.sdk;

import dev.vidame.wire.JsonBody;
import dev.vidame.wire.PasswordProfile;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A user account to create. Immutable; its text form does not show the password.
 *
 * {@snippet :
 * NewUser grace =
 *     NewUser.builder()
 *         .userPrincipalName("grace@contoso.example")
 *         .displayName("Grace Hopper")
 *         .usageLocation("US")
 *         .temporaryPassword("Correct-Horse-77")
 *         .build();
 * CustomerUser created = users.create(grace);
 * }
 */
public final class NewUser {
  private final Map<String, String> texts;
  private final PasswordProfile passwordProfile;

  private NewUser(Builder builder) {
    for (String name : new String[] {Builder.PRINCIPAL_NAME, Builder.DISPLAY_NAME}) {
      PartnerClient.Builder.required(builder.texts.get(name), name);
    }
    this.texts = new LinkedHashMap<>(builder.texts);
    this.passwordProfile = PartnerClient.Builder.required(builder.passwordProfile, "password");
  }

  /** A builder that knows nothing yet. */
  public static Builder builder() {
    return new Builder();
  }

  byte[] toJson() {
    Map<String, @Nullable Object> password = new LinkedHashMap<>();
    password.put("password", passwordProfile.password());
    password.put("forceChangePassword", passwordProfile.forceChangePassword());
    Map<String, Object> members = new LinkedHashMap<>(texts);
    members.put("passwordProfile", password);
    members.put("attributes", Map.of("objectType", "CustomerUser"));
    return JsonBody.write(members);
  }

  /** The JSON that is sent, without the password. */
  @Override
  public String toString() {
    return Redaction.body(toJson());
  }

  /** Builds an account. Not thread-safe. */
  public static final class Builder {
    private static final String PRINCIPAL_NAME = "userPrincipalName";
    private static final String DISPLAY_NAME = "displayName";

    private final Map<String, String> texts = new LinkedHashMap<>();
    private @Nullable PasswordProfile passwordProfile;

    private Builder() {}

    private Builder put(String name, String value) {
      texts.put(name, value);
      return this;
    }

    /** Sets the sign-in name, in a verified domain of the customer. Required. */
    public Builder userPrincipalName(String value) {
      return put(PRINCIPAL_NAME, value);
    }

    /** Sets the name that people see. Required. */
    public Builder displayName(String value) {
      return put(DISPLAY_NAME, value);
    }

    /** Sets the given name. */
    public Builder firstName(String value) {
      return put("firstName", value);
    }

    /** Sets the family name. */
    public Builder lastName(String value) {
      return put("lastName", value);
    }

    /** Sets the country of use, two letters, without which no licence can be assigned. */
    public Builder usageLocation(String value) {
      return put("usageLocation", value);
    }

    /** Sets the key in a synchronised directory. */
    public Builder immutableId(String value) {
      return put("immutableId", value);
    }

    /** Sets the phone number; Partner Center may not keep it. */
    public Builder phoneNumber(String value) {
      return put("phoneNumber", value);
    }

    /** Sets a password that its owner must change at the first sign-in. */
    public Builder temporaryPassword(String value) {
      return passwordProfile(PasswordProfile.temporary(value));
    }

    /** Sets the password, and whether its owner must change it. Required. */
    public Builder passwordProfile(PasswordProfile value) {
      passwordProfile = value;
      return this;
    }

    /**
     * The account.
     *
     * @throws IllegalStateException when the sign-in name, the display name or the password is
     *     missing
     */
    public NewUser build() {
      return new NewUser(this);
    }
  }
}
