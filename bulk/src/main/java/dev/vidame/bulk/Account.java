package dev.vidame.bulk;

import dev.vidame.wire.CustomerUser;
import dev.vidame.wire.UserId;
import dev.vidame.wire.UserState;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An account as it is. Immutable.
 *
 * @param id the account's
 * @param version as the service names it, or null where it tells none
 * @param isDeleted whether it is deleted and can be restored
 * @param values what it has; a field without a value is not there
 */
public record Account(
    UserId id, @Nullable String version, boolean isDeleted, Map<Field, String> values) {

  /** Copies the values. */
  public Account {
    values = Map.copyOf(values);
  }

  /** What the wire says of an account, which must have an id. */
  public static Account of(CustomerUser user, @Nullable String version) {
    Map<Field, String> values = new EnumMap<>(Field.class);
    for (Field field : Field.values()) {
      String value =
          switch (field) {
            case USAGE_LOCATION -> user.usageLocation();
            case USER_PRINCIPAL_NAME -> user.userPrincipalName();
            case FIRST_NAME -> user.firstName();
            case LAST_NAME -> user.lastName();
            case DISPLAY_NAME -> user.displayName();
            case IMMUTABLE_ID -> user.immutableId();
            case PHONE_NUMBER -> user.phoneNumber();
          };
      if (value != null && !value.isEmpty()) {
        values.put(field, value);
      }
    }
    return new Account(
        Objects.requireNonNull(user.id(), "An account without an id"),
        version,
        user.state() == UserState.INACTIVE,
        values);
  }

  /** A field's value, or the empty text where there is none. */
  String value(Field field) {
    return values.getOrDefault(field, "");
  }

  /** Whether it has all these values; the empty text stands for none. */
  boolean has(Map<Field, String> wanted) {
    return wanted.entrySet().stream()
        .allMatch(each -> value(each.getKey()).equals(each.getKey().normalise(each.getValue())));
  }

  /** The sign-in name, or the id where there is none. */
  String name() {
    return values.getOrDefault(Field.USER_PRINCIPAL_NAME, id.toString());
  }
}
