package dev.vidame.directory.users;

import dev.vidame.wire.CustomerId;
import dev.vidame.wire.UserId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account's properties as one text, because a driver pays for each column of a row, and more for
 * its name. Between the properties stands a control character, which none of them may hold; an
 * empty one is unset, because no property may be the empty text.
 */
final class UserRow {
  /** What a statement over {@code users} selects. */
  static final String COLUMN =
      "concat_ws('\u001f', version, upn, display_name, coalesce(first_name, ''),"
          + " coalesce(last_name, ''), coalesce(usage_location, ''), coalesce(immutable_id, ''),"
          + " coalesce(phone_number, ''), force_change_password, coalesce(cast(deleted_at as text), ''))";

  /** The same with the id behind it. */
  static final String LISTED = "concat_ws('\u001f', " + COLUMN + ", hex(user_id))";

  private static final char SEPARATOR = 31;
  private static final int HEX = 16;
  private static final int HALF_ID = 16;

  private final String text;
  private int start;

  private UserRow(String text) {
    this.text = text;
  }

  /** The account of a {@link #COLUMN}. */
  static User read(String text, CustomerId customer, UserId id) {
    return new UserRow(text).user(customer, id);
  }

  /** The account of a {@link #LISTED}. */
  static User readListed(String text, CustomerId customer) {
    int id = text.lastIndexOf(SEPARATOR) + 1;
    return new UserRow(text.substring(0, id - 1)).user(customer, id(text, id));
  }

  private static UserId id(String text, int start) {
    int middle = start + HALF_ID;
    return new UserId(
        new UUID(
            Long.parseUnsignedLong(text, start, middle, HEX),
            Long.parseUnsignedLong(text, middle, text.length(), HEX)));
  }

  private User user(CustomerId customer, UserId id) {
    return new User(
        customer,
        id,
        Long.parseLong(next()),
        next(),
        next(),
        optional(),
        optional(),
        optional(),
        optional(),
        optional(),
        next().equals("1"),
        instant());
  }

  private String next() {
    int separator = text.indexOf(SEPARATOR, start);
    int end = separator < 0 ? text.length() : separator;
    String property = text.substring(start, end);
    start = end + 1;
    return property;
  }

  private @Nullable String optional() {
    String property = next();
    return property.isEmpty() ? null : property;
  }

  private @Nullable Instant instant() {
    String micros = optional();
    return micros == null ? null : Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS);
  }
}
