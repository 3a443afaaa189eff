package dev.vidame.directory.users;

import dev.vidame.directory.paging.AsciiLower;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which accounts of a customer are wanted, and in which order.
 *
 * @param scope accounts in use, deleted ones, or both
 * @param condition what they must be like; null for all
 * @param sort what they are sorted by; equal ones by id
 * @param isDescending whether the last comes first
 * @param licensed only those with a licence of this product, whose id matches in any case; also
 *     deleted ones that would take it again; null for all
 */
@SuppressWarnings("TooManyParameters") // all that a list can be asked for with
public record UserQuery(
    Scope scope,
    @Nullable Predicate<User> condition,
    Sort sort,
    boolean isDescending,
    @Nullable String licensed) {

  /** With licences or without. */
  public UserQuery(
      Scope scope, @Nullable Predicate<User> condition, Sort sort, boolean isDescending) {
    this(scope, condition, sort, isDescending, null);
  }

  /** Which accounts are looked at. */
  public enum Scope {
    /** Those in use. */
    ACTIVE,
    /** Those that are deleted and can be restored. */
    DELETED,
    /** Both. */
    ALL
  }

  /** What a list can be sorted by. Letters of ASCII sort the same in upper and lower case. */
  public enum Sort {
    /** The sign-in name: the only order that a page need not sort all accounts for. */
    USER_PRINCIPAL_NAME("lower(upn)"),
    /** The name that people see. */
    DISPLAY_NAME("lower(display_name)"),
    /** The given name; accounts without come first. */
    FIRST_NAME("lower(coalesce(first_name, ''))"),
    /** The family name; accounts without come first. */
    LAST_NAME("lower(coalesce(last_name, ''))"),
    /** The country; accounts without come first. */
    USAGE_LOCATION("coalesce(usage_location, '')"),
    /** The id. */
    ID(null);

    private final @Nullable String expression;

    Sort(@Nullable String expression) {
      this.expression = expression;
    }

    /** What the store sorts by; null for the id. */
    @Nullable String expression() {
      return expression;
    }

    /** The value that the store sorts an account by. */
    String of(User user) {
      return switch (this) {
        case USER_PRINCIPAL_NAME -> lower(user.userPrincipalName());
        case DISPLAY_NAME -> lower(user.displayName());
        case FIRST_NAME -> lower(user.firstName());
        case LAST_NAME -> lower(user.lastName());
        case USAGE_LOCATION -> user.usageLocation() == null ? "" : user.usageLocation();
        case ID -> "";
      };
    }

    private static String lower(@Nullable String text) {
      return text == null ? "" : AsciiLower.of(text);
    }
  }

  /** All accounts in use, by sign-in name. */
  public static UserQuery active() {
    return new UserQuery(Scope.ACTIVE, null, Sort.USER_PRINCIPAL_NAME, false);
  }

  /** An account's sort key, as {@link dev.vidame.directory.paging.PageQuery} has it. */
  public List<String> key(User user) {
    return List.of(sort.of(user), user.id().toString());
  }
}
