package dev.vidame.directory.users;

import dev.vidame.directory.paging.Keyset;
import dev.vidame.directory.paging.Page;
import dev.vidame.directory.paging.PageQuery;
import dev.vidame.directory.paging.PageQuery.Seek;
import dev.vidame.directory.storage.Session;
import dev.vidame.directory.users.UserQuery.Scope;
import dev.vidame.directory.users.UserQuery.Sort;
import dev.vidame.wire.CustomerId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The statements that list accounts. Each names the customer first.
 *
 * <p>A page begins right behind, or before, a key: the sorted value and the id. Conditions are
 * asked of each account here and not in the store, because only here letters beyond ASCII match in
 * any case, and because the statements stay few; reading ends as soon as the page is full.
 */
final class UserList {
  private static final long NO_LIMIT = Long.MAX_VALUE;

  private static final Map<Scope, String> SCOPES =
      Map.of(
          Scope.ACTIVE, "deleted_at is null",
          Scope.DELETED, "deleted_at > ?",
          Scope.ALL, "(deleted_at is null or deleted_at > ?)");

  private static final Map<Order, Statements> STATEMENTS =
      Order.all().collect(Collectors.toUnmodifiableMap(order -> order, Statements::of));

  private UserList() {}

  /** Each is known, so the store's statements stay few. */
  private record Order(Scope scope, Sort sort, boolean isDescending) {
    static Stream<Order> all() {
      return Arrays.stream(Scope.values())
          .flatMap(scope ->
              Arrays.stream(Sort.values())
                  .flatMap(sort ->
                      Stream.of(new Order(scope, sort, false), new Order(scope, sort, true))));
    }
  }

  /** What reads a list from its beginning, and from behind a key. */
  private record Statements(Keyset keyset, String first, String behind) {
    static Statements of(Order order) {
      Keyset keyset = new Keyset(order.sort().expression(), "user_id", order.isDescending());
      String from =
          "select "
              + UserRow.LISTED
              + " from users where customer_id = ? and "
              + SCOPES.get(order.scope());
      return new Statements(keyset, from + keyset.order(), from + keyset.behind() + keyset.order());
    }

    String from(Seek seek) {
      return seek == Seek.FIRST ? first : behind;
    }
  }

  /**
   * A page.
   *
   * @param deletedAfter what was deleted then or before can no longer be restored, and is not
   *     listed
   */
  static Page<User> page(
      Session session, CustomerId customer, UserQuery query, PageQuery page, Instant deletedAfter)
      throws SQLException {
    boolean isDescending = query.isDescending() != (page.seek() == Seek.BEFORE);
    Statements statements =
        Objects.requireNonNull(
            STATEMENTS.get(new Order(query.scope(), query.sort(), isDescending)));
    Predicate<User> condition = query.condition();
    int wanted = page.size() + 1;
    List<User> found = new ArrayList<>(Math.min(wanted, 128));
    session.scan(
        statements.from(page.seek()),
        arguments -> {
          arguments.uuid(customer.value());
          if (query.scope() != Scope.ACTIVE) {
            arguments.instant(deletedAfter);
          }
          statements.keyset().bind(arguments, page);
          arguments.number(condition == null ? wanted : NO_LIMIT);
        },
        row -> {
          User user = UserRow.readListed(row.text(1), customer);
          if (condition == null || condition.test(user)) {
            found.add(user);
          }
          return found.size() < wanted;
        });
    return Page.of(page, found);
  }
}
