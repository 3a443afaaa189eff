package dev.vidame.bulk;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a column of a source can hold. */
enum Column {
  OPERATION("operation"),
  ID("id"),
  USER_PRINCIPAL_NAME("userPrincipalName"),
  NEW_USER_PRINCIPAL_NAME("newUserPrincipalName"),
  DISPLAY_NAME(Field.DISPLAY_NAME),
  FIRST_NAME(Field.FIRST_NAME),
  LAST_NAME(Field.LAST_NAME),
  USAGE_LOCATION(Field.USAGE_LOCATION),
  IMMUTABLE_ID(Field.IMMUTABLE_ID),
  PHONE_NUMBER(Field.PHONE_NUMBER),
  PASSWORD("password"),
  FORCE_CHANGE_PASSWORD("forceChangePassword"),
  /** What a report wrote beside a row that failed; left out. */
  CAUSE("cause"),
  /** What the mapping leaves out. */
  NOTHING("-");

  private static final Map<String, Column> BY_NAME =
      Arrays.stream(values())
          .collect(
              Collectors.toUnmodifiableMap(
                  column -> column.title.toLowerCase(Locale.ROOT), Function.identity()));

  private final String title;
  private final @Nullable Field field;

  Column(String title) {
    this.title = title;
    this.field = null;
  }

  Column(Field field) {
    this.title = field.wireName();
    this.field = field;
  }

  /** As headers spell it. */
  String title() {
    return title;
  }

  /** The field that it sets, where that does not depend on other columns; or null. */
  @Nullable Field field() {
    return field;
  }

  boolean isLeftOut() {
    return this == CAUSE || this == NOTHING;
  }

  /** The column of this name in any case. */
  static Optional<Column> of(String title) {
    return Optional.ofNullable(BY_NAME.get(title.strip().toLowerCase(Locale.ROOT)));
  }

  static String titles() {
    return Arrays.stream(values())
        .filter(column -> !column.isLeftOut())
        .map(Column::title)
        .collect(Collectors.joining(", "));
  }
}
