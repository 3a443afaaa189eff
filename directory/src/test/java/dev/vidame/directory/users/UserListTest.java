package dev.vidame.directory.users;

import static dev.vidame.directory.Fixture.CUSTOMER;
import static dev.vidame.directory.Fixture.DOMAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.Fixture;
import dev.vidame.directory.TestStore;
import dev.vidame.directory.Together;
import dev.vidame.directory.paging.Page;
import dev.vidame.directory.paging.PageQuery;
import dev.vidame.directory.paging.PageQuery.Seek;
import dev.vidame.directory.users.UserQuery.Scope;
import dev.vidame.directory.users.UserQuery.Sort;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.UserId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UserListTest {
  private static final long SEED = Long.getLong("vidame.seed", new Random().nextLong());
  private static final List<String> NAMES =
      List.of("anna", "Anna", "ÉLODIE", "élodie", "Zoë", "zoe", "Ömer", "b", "B b", "_", "ß");

  private static final String FEW_HOLD = "few-hold-it";
  private static final String MANY_HOLD = "many-hold-it";

  private static final int QUERIES = TestStore.times(500);
  private static final int WALKS = Boolean.getBoolean("vidame.long") ? 10_000 : 1_000;
  private static final Duration LONGEST = Duration.ofMinutes(1);

  @TempDir private Path folder;
  private Fixture fixture;
  private final Map<String, Set<UserId>> licensed = new HashMap<>();
  private Runnable beforeEachPage = () -> {};

  @BeforeEach
  void open() throws SQLException {
    fixture = new Fixture(folder);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void pagesInBothDirectionsAreTheSortedAccounts() throws SQLException {
    System.out.println("vidame.seed=" + SEED);
    Random random = new Random(SEED);
    List<User> model = randomAccounts(random, 150);
    license(random, model, FEW_HOLD, 0);
    license(random, model, MANY_HOLD, UserList.FEW);
    for (int i = 0; i < QUERIES; i++) {
      UserQuery query =
          new UserQuery(
              any(random, Scope.values()),
              random.nextBoolean() ? null : condition(random),
              any(random, Sort.values()),
              random.nextBoolean(),
              random.nextBoolean() ? null : any(random, FEW_HOLD, MANY_HOLD, "nobody's"));
      int size = 1 + random.nextInt(60);

      List<UserId> wanted = expected(model, query);
      List<List<UserId>> pages = walk(query, size, Seek.AFTER, PageQuery.first(size));

      assertThat(pages.stream().flatMap(List::stream)).as("%s", query).isEqualTo(wanted);
      assertThat(backwards(query, size, wanted)).as("%s", query).isEqualTo(wanted);
    }
  }

  /** No page of a list by licence reads all licences, or sorts all accounts, of the customer. */
  @Test
  @Tag("sqlite") // PostgreSQL plans by what it knows of the rows
  void holdersOfAProductAreFoundByAnIndex() throws SQLException {
    List<String> statements = UserList.byLicense(Scope.ACTIVE, Sort.USER_PRINCIPAL_NAME);
    assertThat(statements).as("for few and for many, from the first and from a key").hasSize(4);
    for (String statement : statements) {
      String plan = plan(statement);

      assertThat(plan).as(statement).contains("licenses_sku (customer_id=? AND <expr>=?");
      assertThat(plan).as(statement).doesNotContain("SCAN users", "SCAN licenses");
      assertThat(plan)
          .as(statement)
          .containsPattern("users_upn|users USING PRIMARY KEY .*AND user_id=");
    }
  }

  private String plan(String statement) throws SQLException {
    StringBuilder plan = new StringBuilder();
    try (Connection connection = fixture.store().connect();
        PreparedStatement explain =
            connection.prepareStatement("explain query plan " + statement)) {
      for (int i = 1; i <= explain.getParameterMetaData().getParameterCount(); i++) {
        explain.setObject(i, null);
      }
      try (ResultSet steps = explain.executeQuery()) {
        while (steps.next()) {
          plan.append(steps.getString(4)).append('\n');
        }
      }
    }
    return plan.toString();
  }

  @Test
  void accountPastItsTimeIsNotListed() {
    fixture.delete(Fixture.request());
    UserQuery deleted = new UserQuery(Scope.DELETED, null, Sort.USER_PRINCIPAL_NAME, false);
    fixture.clock().advance(Duration.ofDays(30).minusMillis(1));

    assertThat(page(deleted, PageQuery.first(9)).items()).hasSize(1);
    fixture.clock().advance(Duration.ofMillis(1));
    assertThat(page(deleted, PageQuery.first(9)).items()).isEmpty();
    assertThat(page(new UserQuery(Scope.ALL, null, Sort.ID, true), PageQuery.first(9)).items())
        .isEmpty();
  }

  /** Accounts that last, in the order of the list, and others that come and go between them. */
  private record Crowd(List<UserId> lasting, List<UserId> coming, UserId last) {
    static Crowd of(Fixture fixture) {
      Crowd crowd =
          new Crowd(
              new ArrayList<>(List.of(Fixture.USER)),
              new ArrayList<>(),
              new UserId(new UUID(7, 7)));
      for (int i = 0; i < 24; i++) {
        UserId id = new UserId(new UUID(9, i));
        fixture.create(id, "walk" + (char) ('a' + i));
        (i % 2 == 0 ? crowd.lasting : crowd.coming).add(id);
      }
      fixture.create(crowd.last, "zzz");
      return crowd;
    }

    void requireSeenOnce(List<UserId> seen) {
      assertThat(seen).doesNotHaveDuplicates();
      assertThat(seen.stream().filter(lasting::contains)).isEqualTo(lasting);
    }
  }

  /** Where a walk in this direction begins: before the first account, or at the last one. */
  private PageQuery start(Seek seek, Crowd crowd) {
    User last = fixture.directory().users().get(CUSTOMER, new UserRef.ById(crowd.last()));
    return seek == Seek.AFTER
        ? PageQuery.first(5)
        : new PageQuery(5, seek, UserQuery.active().key(last));
  }

  private static List<UserId> inOrder(Seek seek, List<List<UserId>> pages) {
    return (seek == Seek.AFTER ? pages : pages.reversed()).stream().flatMap(List::stream).toList();
  }

  /** What is there all the time is seen once by every walk, whatever comes and goes meanwhile. */
  @ParameterizedTest
  @EnumSource(
      value = Seek.class,
      names = {"AFTER", "BEFORE"})
  void walksSeeEachLastingAccountOnceWhileOthersComeAndGo(Seek seek) throws Exception {
    Crowd crowd = Crowd.of(fixture);
    PageQuery start = start(seek, crowd);
    AtomicInteger left = new AtomicInteger(WALKS);
    AtomicInteger changes = new AtomicInteger();
    AtomicInteger disturbed = new AtomicInteger();
    Semaphore mayChange =
        new Semaphore(2); // one for each walk, or who changes leaves nothing to who walks
    Instant end = Instant.now().plus(LONGEST);

    Together.runFairly(
        4,
        thread ->
            () -> {
              while ((left.get() > 0 || disturbed.get() < WALKS / 50)
                  && Instant.now().isBefore(end)) {
                if (thread < 2) {
                  if (mayChange.tryAcquire(10, TimeUnit.MILLISECONDS)) {
                    comeOrGo(crowd.coming(), changes.getAndIncrement());
                  }
                } else {
                  int before = changes.get();
                  crowd.requireSeenOnce(inOrder(seek, walk(UserQuery.active(), 5, seek, start)));
                  mayChange.release();
                  left.decrementAndGet();
                  disturbed.addAndGet(changes.get() > before ? 1 : 0);
                }
              }
              return thread;
            });

    assertThat(left.get()).as("walks that were left after a minute").isNotPositive();
    assertThat(disturbed.get()).as("walks beside which something changed").isPositive();
    assertThat(fixture.directory().verifyJournal(CUSTOMER).isIntact()).isTrue();
  }

  /** Something comes or goes between any two pages. */
  @ParameterizedTest
  @EnumSource(
      value = Seek.class,
      names = {"AFTER", "BEFORE"})
  void changeBetweenPagesMovesNobodyElse(Seek seek) {
    Crowd crowd = Crowd.of(fixture);
    PageQuery start = start(seek, crowd);
    AtomicInteger changes = new AtomicInteger();
    beforeEachPage = () -> comeOrGo(crowd.coming(), changes.getAndIncrement());

    for (int i = 0; i < 60; i++) {
      crowd.requireSeenOnce(inOrder(seek, walk(UserQuery.active(), 5, seek, start)));
    }

    assertThat(changes.get()).isGreaterThan(200);
  }

  /** One is deleted or restored, and now and then a new one comes. */
  private void comeOrGo(List<UserId> coming, int change) {
    if (change % 50 == 49) {
      fixture.create(new UserId(new UUID(8, change)), "walk" + (char) ('a' + change % 24) + change);
      return;
    }
    UserRef ref = new UserRef.ById(coming.get(change % coming.size()));
    if (fixture.directory().users().get(CUSTOMER, ref).isDeleted()) {
      CustomerUserUpdate back = CustomerUserUpdate.builder().restore().build();
      fixture
          .directory()
          .users()
          .update(CUSTOMER, ref, back, new EntityTag.Any(), Fixture.request());
    } else {
      fixture.directory().users().delete(CUSTOMER, ref, Fixture.request());
    }
  }

  private Page<User> page(UserQuery query, PageQuery page) {
    return fixture.directory().users().page(CUSTOMER, query, page);
  }

  private List<List<UserId>> walk(UserQuery query, int size, Seek seek, PageQuery start) {
    List<List<UserId>> pages = new ArrayList<>();
    PageQuery next = start;
    while (true) {
      beforeEachPage.run();
      Page<User> page = page(query, next);
      pages.add(page.items().stream().map(User::id).toList());
      assertThat(page.items().size()).isLessThanOrEqualTo(size);
      boolean goesOn = seek == Seek.AFTER ? page.hasNext() : page.hasPrevious();
      if (!goesOn) {
        return pages;
      }
      assertThat(page.items()).hasSize(size);
      User edge = seek == Seek.AFTER ? page.items().getLast() : page.items().getFirst();
      next = new PageQuery(size, seek, query.key(edge));
    }
  }

  /** From before the last account to the beginning, and that account again. */
  private List<UserId> backwards(UserQuery query, int size, List<UserId> wanted) {
    if (wanted.isEmpty()) {
      return List.of();
    }
    User last = fixture.directory().users().get(CUSTOMER, new UserRef.ById(wanted.getLast()));
    PageQuery start = new PageQuery(size, Seek.BEFORE, query.key(last));
    List<UserId> all = new ArrayList<>();
    walk(query, size, Seek.BEFORE, start).reversed().forEach(all::addAll);
    all.add(last.id());
    return all;
  }

  private List<UserId> expected(List<User> model, UserQuery query) {
    Comparator<User> order =
        Comparator.<User, String>comparing(query.sort()::of, UserListTest::byBytes)
            .thenComparing(user -> user.id().toString());
    return model.stream()
        .filter(user ->
            query.scope() == Scope.ALL || user.isDeleted() == (query.scope() == Scope.DELETED))
        .filter(user -> query.condition() == null || query.condition().test(user))
        .filter(user ->
            query.licensed() == null
                || licensed.getOrDefault(query.licensed(), Set.of()).contains(user.id()))
        .sorted(query.isDescending() ? order.reversed() : order)
        .map(User::id)
        .toList();
  }

  /** Code points, as UTF-8 sorts. */
  private static int byBytes(String one, String other) {
    return Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray());
  }

  private static Predicate<User> condition(Random random) {
    String part = any(random, "a", "é", "o", "B");
    return user -> user.displayName().contains(part);
  }

  private List<User> randomAccounts(Random random, int count) throws SQLException {
    List<User> model = new ArrayList<>(List.of(fixture.user()));
    List<UserId> ids = new ArrayList<>();
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < count; i++) {
      UserId id = new UserId(new UUID(random.nextLong(), random.nextLong()));
      String name = any(random, "n", "N") + random.nextInt(60) + (i % 7 == 0 ? "" : "x" + i);
      boolean isDeleted = random.nextInt(3) == 0 || i % 7 == 0;
      rows.append(i == 0 ? "" : ",")
          .append(
              "(%s,%s,1,%s,%s,%s,null,null,null,null,0,%s)"
                  .formatted(
                      fixture.store().literal(CUSTOMER.value()),
                      fixture.store().literal(id.value()),
                      quoted(name + "@" + DOMAIN),
                      quoted(any(random, NAMES.toArray(String[]::new))),
                      quoted(random.nextBoolean() ? null : any(random, "f", "F", "é")),
                      isDeleted ? "1780315200000000 - " + random.nextInt(1_000_000) : "null"));
      ids.add(id);
    }
    fixture.sql(
        "insert into users (customer_id, user_id, version, upn, display_name, first_name, last_name,"
            + " usage_location, immutable_id, phone_number, force_change_password, deleted_at) values "
            + rows);
    ids.forEach(id -> model.add(fixture.directory().users().get(CUSTOMER, new UserRef.ById(id))));
    return model;
  }

  /** Gives licences to about half of the accounts, and to others that are long gone. */
  private void license(Random random, List<User> model, String sku, int others)
      throws SQLException {
    Set<UserId> holders = new HashSet<>();
    model.stream().filter(user -> random.nextBoolean()).forEach(user -> holders.add(user.id()));
    licensed.put(sku, Set.copyOf(holders));
    for (int i = 0; i < others; i++) {
      holders.add(new UserId(new UUID(11, i)));
    }
    fixture.sql(
        holders.stream()
            .map(id ->
                "(%s,%s,'%s','',1)"
                    .formatted(
                        fixture.store().literal(CUSTOMER.value()),
                        fixture.store().literal(id.value()),
                        sku.toUpperCase(Locale.ROOT)))
            .collect(
                Collectors.joining(
                    ",",
                    "insert into licenses (customer_id, user_id, sku_id, excluded_plans, since)"
                        + " values ",
                    "")));
  }

  private static String quoted(@Nullable String text) {
    return text == null ? "null" : "'" + text + "'";
  }

  @SafeVarargs
  private static <T> T any(Random random, T... values) {
    return values[random.nextInt(values.length)];
  }
}
