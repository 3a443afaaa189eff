package dev.vidame.bulk;

import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.PasswordProfile;
import dev.vidame.wire.UserId;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One change of one account, ready to be sent. Sent again, it must be the same to the byte.
 * Immutable; its text form shows no password.
 *
 * @param operation what is done
 * @param id the account, or null where it is made
 * @param requestId under which the service makes it once at most
 * @param version in which the account must still be, or null for any
 * @param fields what it sets; the empty text clears
 * @param password what it sets, or null
 */
public record Change(
    Operation operation,
    @Nullable UserId id,
    UUID requestId,
    @Nullable String version,
    Map<Field, String> fields,
    @Nullable PasswordProfile password) {

  /** The same with another version. */
  Change in(@Nullable String other) {
    return new Change(operation, id, requestId, other, fields, password);
  }

  /** The body of the request that makes it; without meaning for a deletion. */
  public CustomerUserUpdate update() {
    CustomerUserUpdate.Builder builder = CustomerUserUpdate.builder();
    fields.forEach((field, value) -> set(builder, field, value));
    if (password != null) {
      builder.passwordProfile(password);
    }
    if (operation == Operation.RESTORE) {
      builder.restore();
    }
    return builder.build();
  }

  private static void set(CustomerUserUpdate.Builder builder, Field field, String value) {
    var _ =
        switch (field) {
          case USAGE_LOCATION -> builder.usageLocation(value);
          case USER_PRINCIPAL_NAME -> builder.userPrincipalName(value);
          case DISPLAY_NAME -> builder.displayName(value);
          case FIRST_NAME -> value.isEmpty() ? builder.clearFirstName() : builder.firstName(value);
          case LAST_NAME -> value.isEmpty() ? builder.clearLastName() : builder.lastName(value);
          case IMMUTABLE_ID ->
              value.isEmpty() ? builder.clearImmutableId() : builder.immutableId(value);
          case PHONE_NUMBER ->
              value.isEmpty() ? builder.clearPhoneNumber() : builder.phoneNumber(value);
        };
  }
}
