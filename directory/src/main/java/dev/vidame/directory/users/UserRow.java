package dev.vidame.directory.users;

import dev.vidame.wire.CustomerId;
import dev.vidame.wire.UserId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * An account's properties as one text, because a driver pays for each column of a row, and more for
 * its name. Between the properties stands a control character, which none of them may hold; an
 * empty one is unset, because no property may be the empty text.
 */
final class UserRow {
  /** What a statement over {@code users} selects. */
  static final String COLUMN =
      "concat_ws(char(31), version, upn, display_name, coalesce(first_name, ''),"
          + " coalesce(last_name, ''), coalesce(usage_location, ''), coalesce(immutable_id, ''),"
          + " coalesce(phone_number, ''), force_change_password, coalesce(deleted_at, ''))";

  private static final char SEPARATOR = 31;

  private final String text;
  private int start;

  private UserRow(String text) {
    this.text = text;
  }

  /** The account of a row. */
  static User read(String text, CustomerId customer, UserId id) {
    UserRow row = new UserRow(text);
    return new User(
        customer,
        id,
        Long.parseLong(row.next()),
        row.next(),
        row.next(),
        row.optional(),
        row.optional(),
        row.optional(),
        row.optional(),
        row.optional(),
        row.next().equals("1"),
        row.instant());
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
