package dev.vidame.sdk;

import org.jspecify.annotations.Nullable;

/**
 * Which user accounts to list, in which order, in pages of which size. Immutable: each {@code with}
 * method answers a changed copy.
 *
 * {@snippet :
 * UserQuery query =
 *     UserQuery.all()
 *         .withFilter(UserFilter.contains(UserField.USER_PRINCIPAL_NAME, ".admin@"))
 *         .withSort(UserField.DISPLAY_NAME, SortDirection.DESCENDING)
 *         .withPageSize(200);
 * }
 */
public final class UserQuery {
  private static final UserQuery ALL = new UserQuery(null, null, null, null);

  private final @Nullable UserFilter filter;
  private final @Nullable UserField sortField;
  private final @Nullable SortDirection direction;
  private final @Nullable Integer size;

  private UserQuery(
      @Nullable UserFilter filter,
      @Nullable UserField sortField,
      @Nullable SortDirection direction,
      @Nullable Integer size) {
    this.filter = filter;
    this.sortField = sortField;
    this.direction = direction;
    this.size = size;
  }

  /** All active accounts in the service's order. */
  public static UserQuery all() {
    return ALL;
  }

  /** Only accounts that pass. */
  public UserQuery withFilter(UserFilter wanted) {
    return new UserQuery(wanted, sortField, direction, size);
  }

  /**
   * In this order. Vidame sorts by sign-in name unless it is asked for another order.
   *
   * @throws IllegalArgumentException for {@link UserField#IMMUTABLE_ID}, by which nobody sorts
   */
  public UserQuery withSort(UserField field, SortDirection wanted) {
    if (field == UserField.IMMUTABLE_ID) {
      throw new IllegalArgumentException("Lists are not sorted by " + field);
    }
    return new UserQuery(filter, field, wanted, size);
  }

  /**
   * In pages of at most so many accounts; by default the service decides.
   *
   * @throws IllegalArgumentException when the number is not from 1 to 500
   */
  public UserQuery withPageSize(int items) {
    return new UserQuery(filter, sortField, direction, QueryText.requireSize(items));
  }

  /** Empty, or what stands behind the path. */
  @Override
  public String toString() {
    return new QueryText()
        .add("size", size)
        .add("filter", filter)
        .add("sortField", sortField == null ? null : sortField.wire())
        .add("sortDirection", direction == null ? null : direction.wire())
        .toString();
  }
}
