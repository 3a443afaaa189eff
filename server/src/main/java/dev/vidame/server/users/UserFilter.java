package dev.vidame.server.users;

import dev.vidame.directory.users.User;
import dev.vidame.directory.users.UserQuery.Scope;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.moments.Moment;
import dev.vidame.wire.Filter;
import dev.vidame.wire.FilterOperator;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A filter over accounts (wire-spec §3.5). Immutable.
 *
 * <p>Texts match in any case. A filter that does not speak of deletion shows accounts in use only.
 */
final class UserFilter {
  private static final Set<FilterOperator> SAME =
      EnumSet.of(FilterOperator.EQUALS, FilterOperator.NOT_EQUALS);
  private static final Set<FilterOperator> TEXT =
      EnumSet.of(
          FilterOperator.EQUALS,
          FilterOperator.NOT_EQUALS,
          FilterOperator.STARTS_WITH,
          FilterOperator.NOT_STARTS_WITH,
          FilterOperator.SUBSTRING);
  private static final Set<FilterOperator> ORDER =
      EnumSet.of(
          FilterOperator.EQUALS,
          FilterOperator.NOT_EQUALS,
          FilterOperator.GREATER_THAN,
          FilterOperator.GREATER_THAN_OR_EQUALS,
          FilterOperator.LESS_THAN,
          FilterOperator.LESS_THAN_OR_EQUALS);

  private final Term term;

  private UserFilter(Term term) {
    this.term = term;
  }

  /**
   * Understands a filter.
   *
   * @throws dev.vidame.server.http.ApiException when it names an unknown field, or compares one in
   *     a way or with a value that it does not have
   */
  static UserFilter of(Filter filter) {
    return new UserFilter(term(filter));
  }

  /** Which accounts it can be true of. */
  Scope scope() {
    if (!term.speaksOfDeletion()) {
      return Scope.ACTIVE;
    }
    if (!term.canHold(false)) {
      return Scope.DELETED;
    }
    return term.canHold(true) ? Scope.ALL : Scope.ACTIVE;
  }

  /** Whether an account is wanted. */
  Predicate<User> condition() {
    return term::holds;
  }

  private static Term term(Filter filter) {
    return switch (filter) {
      case Filter.Compound compound -> {
        Term left = term(compound.left());
        Term right = term(compound.right());
        yield compound.operator() == FilterOperator.AND ? left.and(right) : left.or(right);
      }
      case Filter.Simple simple -> simple(simple);
    };
  }

  private static Term simple(Filter.Simple filter) {
    Field field =
        Field.of(filter.field())
            .orElseThrow(() ->
                ApiErrors.invalidProperty(
                    "filter", "The field %s cannot be filtered by.", filter.field()));
    if (!field.operators().contains(filter.operator())) {
      throw ApiErrors.operatorNotAllowed(filter.field(), filter.operator().wire());
    }
    return switch (field) {
      case USER_STATUS, USER_STATE, STATE -> state(filter);
      case SOFT_DELETION_TIME -> deletionTime(filter);
      default -> text(field, filter);
    };
  }

  private static Term state(Filter.Simple filter) {
    boolean wantsDeleted =
        switch (filter.value().strip().toLowerCase(Locale.ROOT)) {
          case "active" -> false;
          case "inactive" -> true;
          default -> throw ApiErrors.unknownEnum(filter.value());
        };
    boolean deleted = wantsDeleted == (filter.operator() == FilterOperator.EQUALS);
    return new Term(user -> user.isDeleted() == deleted, !deleted, deleted, true);
  }

  private static Term deletionTime(Filter.Simple filter) {
    Instant moment = moment(filter.value());
    return new Term(
        user -> user.deletedAt() != null && compares(user.deletedAt(), moment, filter.operator()),
        false,
        true,
        true);
  }

  /** In whole seconds, since answers show no more. */
  private static boolean compares(Instant one, Instant other, FilterOperator operator) {
    int order =
        one.truncatedTo(ChronoUnit.SECONDS).compareTo(other.truncatedTo(ChronoUnit.SECONDS));
    return switch (operator) {
      case EQUALS -> order == 0;
      case NOT_EQUALS -> order != 0;
      case GREATER_THAN -> order > 0;
      case GREATER_THAN_OR_EQUALS -> order >= 0;
      case LESS_THAN -> order < 0;
      case LESS_THAN_OR_EQUALS -> order <= 0;
      default -> throw new IllegalStateException("Not an order: " + operator);
    };
  }

  /** A day is its beginning. */
  private static Instant moment(String text) {
    return Moment.ofIso(text)
        .map(Moment::first)
        .orElseThrow(() ->
            ApiErrors.invalidProperty(
                "filter", "The value of SoftDeletionTime must be an ISO 8601 date."));
  }

  private static Term text(Field field, Filter.Simple filter) {
    String wanted = folded(filter.value());
    Predicate<String> matches =
        switch (filter.operator()) {
          case EQUALS, NOT_EQUALS -> wanted::equals;
          case STARTS_WITH, NOT_STARTS_WITH -> value -> value.startsWith(wanted);
          case SUBSTRING -> value -> value.contains(wanted);
          default -> throw new IllegalStateException("Not for texts: " + filter.operator());
        };
    boolean isNegated =
        filter.operator() == FilterOperator.NOT_EQUALS
            || filter.operator() == FilterOperator.NOT_STARTS_WITH;
    return new Term(
        user -> {
          String value = field.of(user);
          return isNegated != (value != null && matches.test(folded(value)));
        },
        true,
        true,
        false);
  }

  /** One case for all: the long way round, since some letters have one only in one direction. */
  private static String folded(String text) {
    return text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  /** A condition, and what can be said of it without looking at an account. */
  private record Term(
      Predicate<User> condition,
      boolean canHoldOfActive,
      boolean canHoldOfDeleted,
      boolean speaksOfDeletion) {
    boolean holds(User user) {
      return condition.test(user);
    }

    boolean canHold(boolean ofDeleted) {
      return ofDeleted ? canHoldOfDeleted : canHoldOfActive;
    }

    Term and(Term other) {
      return new Term(
          condition.and(other.condition),
          canHoldOfActive && other.canHoldOfActive,
          canHoldOfDeleted && other.canHoldOfDeleted,
          speaksOfDeletion || other.speaksOfDeletion);
    }

    Term or(Term other) {
      return new Term(
          condition.or(other.condition),
          canHoldOfActive || other.canHoldOfActive,
          canHoldOfDeleted || other.canHoldOfDeleted,
          speaksOfDeletion || other.speaksOfDeletion);
    }
  }

  /** What can be filtered by. Names match in any case. */
  private enum Field {
    USER_STATUS,
    USER_STATE,
    STATE,
    SOFT_DELETION_TIME,
    USER_PRINCIPAL_NAME,
    DISPLAY_NAME,
    FIRST_NAME,
    LAST_NAME,
    USAGE_LOCATION,
    IMMUTABLE_ID,
    ID;

    static Optional<Field> of(String name) {
      return Arrays.stream(values())
          .filter(field -> field.name().replace("_", "").equalsIgnoreCase(name))
          .findFirst();
    }

    Set<FilterOperator> operators() {
      return switch (this) {
        case USER_STATUS, USER_STATE, STATE -> SAME;
        case SOFT_DELETION_TIME -> ORDER;
        default -> TEXT;
      };
    }

    @Nullable String of(User user) {
      return switch (this) {
        case USER_PRINCIPAL_NAME -> user.userPrincipalName();
        case DISPLAY_NAME -> user.displayName();
        case FIRST_NAME -> user.firstName();
        case LAST_NAME -> user.lastName();
        case USAGE_LOCATION -> user.usageLocation();
        case IMMUTABLE_ID -> user.immutableId();
        case ID -> user.id().toString();
        default -> throw new IllegalStateException("Not a text: " + this);
      };
    }
  }
}
