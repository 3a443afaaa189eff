package dev.vidame.directory.users;

import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.FieldUpdate;
import org.jspecify.annotations.Nullable;

/** The text properties of an account that a caller may write, in the order of the wire. */
enum UserField {
  USAGE_LOCATION("usageLocation"),
  USER_PRINCIPAL_NAME("userPrincipalName"),
  FIRST_NAME("firstName"),
  LAST_NAME("lastName"),
  DISPLAY_NAME("displayName"),
  IMMUTABLE_ID("immutableId"),
  PHONE_NUMBER("phoneNumber");

  private final String wireName;

  UserField(String wireName) {
    this.wireName = wireName;
  }

  String wireName() {
    return wireName;
  }

  @Nullable String of(User user) {
    return switch (this) {
      case USAGE_LOCATION -> user.usageLocation();
      case USER_PRINCIPAL_NAME -> user.userPrincipalName();
      case FIRST_NAME -> user.firstName();
      case LAST_NAME -> user.lastName();
      case DISPLAY_NAME -> user.displayName();
      case IMMUTABLE_ID -> user.immutableId();
      case PHONE_NUMBER -> user.phoneNumber();
    };
  }

  FieldUpdate<String> in(CustomerUserUpdate update) {
    return switch (this) {
      case USAGE_LOCATION -> update.usageLocation();
      case USER_PRINCIPAL_NAME -> update.userPrincipalName();
      case FIRST_NAME -> update.firstName();
      case LAST_NAME -> update.lastName();
      case DISPLAY_NAME -> update.displayName();
      case IMMUTABLE_ID -> update.immutableId();
      case PHONE_NUMBER -> update.phoneNumber();
    };
  }
}
