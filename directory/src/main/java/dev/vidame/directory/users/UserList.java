package dev.vidame.directory.users;

import dev.vidame.directory.paging.Keyset;
import dev.vidame.directory.paging.Page;
import dev.vidame.directory.paging.PageQuery;
import dev.vidame.directory.paging.PageQuery.Seek;
import dev.vidame.directory.storage.Arguments;
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
import org.jspecify.annotations.Nullable;

/**
 * The statements that list accounts. Each names the customer first.
 *
 * <p>A page begins right behind, or before, a key: the sorted value and the id. Conditions are
 * asked of each account here and not in the store, because only here letters beyond ASCII match in
 * any case, and because the statements stay few; reading ends as soon as the page is full.
 *
 * <p>Those who have a licence are found from the licences where they are few, and sorted for each
 * page. Where they are many, accounts are looked at in their order, and each is asked for a
 * licence: a page is full before long.
 */
final class UserList {
  private static final long NO_LIMIT = Long.MAX_VALUE;

  /** So many are looked up and sorted for each page. */
  static final int FEW = 2_000;

  private static final String HOLDERS =
      "select user_id as holder from licenses where customer_id = ? and lower(sku_id) = lower(?)"
          + " limit "
          + (FEW + 1);

  private static final String HOLDER_COUNT = "select count(*) from (" + HOLDERS + ") held";

  private static final Map<Scope, String> SCOPES =
      Map.of(
          Scope.ACTIVE, "deleted_at is null",
          Scope.DELETED, "deleted_at > ?",
          Scope.ALL, "(deleted_at is null or deleted_at > ?)");

  private static final Map<Order, Statements> STATEMENTS =
      Order.all().collect(Collectors.toUnmodifiableMap(order -> order, Statements::of));

  private UserList() {}

  /** Whose accounts a statement reads; each begins with the customer, and some have a product. */
  private enum Source {
    /** All of the customer's. */
    EVERYBODY(" from users where customer_id = ? and "),
    /** Those of few who have a licence. In SQLite the word {@code cross} keeps this order. */
    FEW_HOLDERS(
        " from ("
            + HOLDERS
            + ") held cross join users where customer_id = ? and user_id = holder and "),
    /** Those of many who have a licence. */
    MANY_HOLDERS(
        " from users where customer_id = ? and exists (select 1 from licenses"
            + " where licenses.customer_id = users.customer_id"
            + " and licenses.user_id = users.user_id and lower(sku_id) = lower(?)) and ");

    private final String from;

    Source(String from) {
      this.from = from;
    }

    void bind(Arguments arguments, CustomerId customer, @Nullable String sku) throws SQLException {
      arguments.uuid(customer.value());
      if (this != EVERYBODY) {
        arguments.text(sku);
      }
      if (this == FEW_HOLDERS) {
        arguments.uuid(customer.value());
      }
    }
  }

  /** Each is known, so the store's statements stay few. */
  private record Order(Source source, Scope scope, Sort sort, boolean isDescending) {
    static Stream<Order> all() {
      return Arrays.stream(Source.values())
          .flatMap(source ->
              Arrays.stream(Scope.values())
                  .flatMap(scope ->
                      Arrays.stream(Sort.values())
                          .flatMap(sort ->
                              Stream.of(
                                  new Order(source, scope, sort, false),
                                  new Order(source, scope, sort, true)))));
    }
  }

  /** What reads a list from its beginning, and from behind a key. */
  private record Statements(Keyset keyset, String first, String behind) {
    static Statements of(Order order) {
      Keyset keyset = new Keyset(order.sort().expression(), "user_id", order.isDescending());
      String from = "select " + UserRow.LISTED + order.source().from + SCOPES.get(order.scope());
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
    Source source = source(session, customer, query.licensed());
    Statements statements =
        Objects.requireNonNull(
            STATEMENTS.get(new Order(source, query.scope(), query.sort(), isDescending)));
    Predicate<User> condition = query.condition();
    int wanted = page.size() + 1;
    List<User> found = new ArrayList<>(Math.min(wanted, 128));
    session.scan(
        statements.from(page.seek()),
        arguments -> {
          source.bind(arguments, customer, query.licensed());
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

  private static Source source(Session session, CustomerId customer, @Nullable String sku)
      throws SQLException {
    if (sku == null) {
      return Source.EVERYBODY;
    }
    long holders =
        session
            .one(
                HOLDER_COUNT,
                arguments -> arguments.uuid(customer.value()).text(sku),
                row -> row.number(1))
            .orElse(0L);
    return holders > FEW ? Source.MANY_HOLDERS : Source.FEW_HOLDERS;
  }

  /** What lists those who have a licence, where they are few and where they are many. */
  static List<String> byLicense(Scope scope, Sort sort) {
    return Stream.of(Source.FEW_HOLDERS, Source.MANY_HOLDERS)
        .map(source -> STATEMENTS.get(new Order(source, scope, sort, false)))
        .map(Objects::requireNonNull)
        .flatMap(statements -> Stream.of(statements.first(), statements.behind()))
        .toList();
  }
}
