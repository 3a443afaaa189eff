package dev.vidame.sdk;

import dev.vidame.wire.FilterOperator;
import dev.vidame.wire.UserState;
import java.time.Instant;

/**
 * Which user accounts a list holds. Immutable. Texts are compared ignoring case.
 *
 * {@snippet :
 * UserFilter frenchOrBelgian =
 *     UserFilter.equal(UserField.USAGE_LOCATION, "FR")
 *         .or(UserFilter.equal(UserField.USAGE_LOCATION, "BE"));
 * UserFilter filter = UserFilter.startsWith(UserField.DISPLAY_NAME, "Gr").and(frenchOrBelgian);
 * }
 *
 * <p>Partner Center documents one filter of accounts, {@link #state}. Vidame takes all of them.
 */
public final class UserFilter {
  private final String json;

  private UserFilter(String json) {
    this.json = json;
  }

  /**
   * Accounts in this state. A list without any filter holds the active ones.
   *
   * @throws IllegalArgumentException for {@link UserState#UNRECOGNIZED}, which is no state
   */
  public static UserFilter state(UserState state) {
    String value =
        switch (state) {
          case ACTIVE -> "Active";
          case INACTIVE -> "Inactive";
          case UNRECOGNIZED -> throw new IllegalArgumentException("No state to ask for: " + state);
        };
    return simple("UserState", value, FilterOperator.EQUALS);
  }

  /** Deleted accounts that can still be restored. */
  public static UserFilter deleted() {
    return state(UserState.INACTIVE);
  }

  /** Accounts whose property is this text. */
  public static UserFilter equal(UserField field, String value) {
    return simple(field.wire(), value, FilterOperator.EQUALS);
  }

  /** Accounts whose property is another text, or none. */
  public static UserFilter notEqual(UserField field, String value) {
    return simple(field.wire(), value, FilterOperator.NOT_EQUALS);
  }

  /** Accounts whose property begins with this text. */
  public static UserFilter startsWith(UserField field, String value) {
    return simple(field.wire(), value, FilterOperator.STARTS_WITH);
  }

  /** Accounts whose property does not begin with this text. */
  public static UserFilter notStartsWith(UserField field, String value) {
    return simple(field.wire(), value, FilterOperator.NOT_STARTS_WITH);
  }

  /** Accounts whose property holds this text anywhere. */
  public static UserFilter contains(UserField field, String value) {
    return simple(field.wire(), value, FilterOperator.SUBSTRING);
  }

  /** Deleted accounts that were deleted at this time or later; to the second. */
  public static UserFilter deletedSince(Instant time) {
    return deleted()
        .and(simple("SoftDeletionTime", time.toString(), FilterOperator.GREATER_THAN_OR_EQUALS));
  }

  /** Deleted accounts that were deleted before this time; to the second. */
  public static UserFilter deletedBefore(Instant time) {
    return deleted().and(simple("SoftDeletionTime", time.toString(), FilterOperator.LESS_THAN));
  }

  private static UserFilter simple(String field, String value, FilterOperator operator) {
    return new UserFilter(FilterJson.simple(field, value, operator));
  }

  /** Accounts that pass both. */
  public UserFilter and(UserFilter other) {
    return new UserFilter(FilterJson.compound(json, other.json, FilterOperator.AND));
  }

  /** Accounts that pass one of them, or both. */
  public UserFilter or(UserFilter other) {
    return new UserFilter(FilterJson.compound(json, other.json, FilterOperator.OR));
  }

  /** The JSON that is sent. */
  @Override
  public String toString() {
    return json;
  }
}
