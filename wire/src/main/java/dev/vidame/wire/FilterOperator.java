package dev.vidame.wire;

import java.util.Locale;
import java.util.Optional;

/** How a filter compares a field with its value, or joins two filters. */
public enum FilterOperator {
  /** The same. */
  EQUALS,
  /** Not the same. */
  NOT_EQUALS,
  /** Behind the value. */
  GREATER_THAN,
  /** Behind the value, or the same. */
  GREATER_THAN_OR_EQUALS,
  /** Before the value. */
  LESS_THAN,
  /** Before the value, or the same. */
  LESS_THAN_OR_EQUALS,
  /** Holds the value anywhere. */
  SUBSTRING,
  /** Begins with the value. */
  STARTS_WITH,
  /** Does not begin with the value. */
  NOT_STARTS_WITH,
  /** Both filters hold. */
  AND,
  /** At least one of the filters holds. */
  OR;

  /** The text on the wire, such as {@code starts_with}. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The operator of a text in any case, with or without underscores. */
  static Optional<FilterOperator> parse(String text) {
    String wanted = text.replace("_", "");
    for (FilterOperator operator : values()) {
      if (operator.name().replace("_", "").equalsIgnoreCase(wanted)) {
        return Optional.of(operator);
      }
    }
    return Optional.empty();
  }

  boolean joins() {
    return this == AND || this == OR;
  }
}
