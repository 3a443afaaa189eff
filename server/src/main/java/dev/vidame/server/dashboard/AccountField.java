package dev.vidame.server.dashboard;

import dev.vidame.directory.users.User;
import dev.vidame.server.texts.Text;
import dev.vidame.wire.CustomerUserUpdate;
import java.util.Arrays;
import java.util.Optional;

/** What of an account can be edited on a page, in the page's order. */
enum AccountField {
  DISPLAY_NAME("displayName", true),
  FIRST_NAME("firstName", false),
  LAST_NAME("lastName", false),
  USER_PRINCIPAL_NAME("userPrincipalName", true),
  USAGE_LOCATION("usageLocation", false),
  PHONE_NUMBER("phoneNumber", false),
  IMMUTABLE_ID("immutableId", false);

  private final String wireName;
  private final boolean isRequired;

  AccountField(String wireName, boolean isRequired) {
    this.wireName = wireName;
    this.isRequired = isRequired;
  }

  /** Its name in forms and in the journal. */
  String wireName() {
    return wireName;
  }

  boolean isRequired() {
    return isRequired;
  }

  /** Whether it stays filled once it was. */
  boolean keepsValue() {
    return isRequired || this == USAGE_LOCATION;
  }

  /** What people call it. */
  Text label() {
    return switch (this) {
      case DISPLAY_NAME -> Text.of("Display name");
      case FIRST_NAME -> Text.of("First name");
      case LAST_NAME -> Text.of("Last name");
      case USER_PRINCIPAL_NAME -> Text.of("User name");
      case USAGE_LOCATION -> Text.of("Usage location");
      case PHONE_NUMBER -> Text.of("Phone number");
      case IMMUTABLE_ID -> Text.of("Immutable id");
    };
  }

  /** Its value; empty for none. */
  String of(User user) {
    String value =
        switch (this) {
          case DISPLAY_NAME -> user.displayName();
          case FIRST_NAME -> user.firstName();
          case LAST_NAME -> user.lastName();
          case USER_PRINCIPAL_NAME -> user.userPrincipalName();
          case USAGE_LOCATION -> user.usageLocation();
          case PHONE_NUMBER -> user.phoneNumber();
          case IMMUTABLE_ID -> user.immutableId();
        };
    return value == null ? "" : value;
  }

  /** Puts a value into an update; an empty one clears. */
  void put(String value, CustomerUserUpdate.Builder update) {
    boolean isEmpty = value.isEmpty();
    var _ =
        switch (this) {
          case DISPLAY_NAME -> update.displayName(value);
          case FIRST_NAME -> isEmpty ? update.clearFirstName() : update.firstName(value);
          case LAST_NAME -> isEmpty ? update.clearLastName() : update.lastName(value);
          case USER_PRINCIPAL_NAME -> update.userPrincipalName(value);
          case USAGE_LOCATION -> update.usageLocation(value);
          case PHONE_NUMBER -> isEmpty ? update.clearPhoneNumber() : update.phoneNumber(value);
          case IMMUTABLE_ID -> isEmpty ? update.clearImmutableId() : update.immutableId(value);
        };
  }

  static Optional<AccountField> ofWireName(String name) {
    return Arrays.stream(values()).filter(field -> field.wireName.equals(name)).findFirst();
  }
}
