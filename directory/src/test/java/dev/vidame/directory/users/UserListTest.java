package dev.vidame.directory.users;

import static dev.vidame.directory.Fixture.CUSTOMER;
import static dev.vidame.directory.Fixture.DOMAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.Fixture;
import dev.vidame.directory.Together;
import dev.vidame.directory.paging.Page;
import dev.vidame.directory.paging.PageQuery;
import dev.vidame.directory.paging.PageQuery.Seek;
import dev.vidame.directory.users.UserQuery.Scope;
import dev.vidame.directory.users.UserQuery.Sort;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.UserId;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserListTest {
  private static final long SEED = Long.getLong("vidame.seed", new Random().nextLong());
  private static final List<String> NAMES =
      List.of("anna", "Anna", "ÉLODIE", "élodie", "Zoë", "zoe", "Ömer", "b", "B b", "_", "ß");

  @TempDir private Path folder;
  private Fixture fixture;

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
    for (int i = 0; i < 300; i++) {
      UserQuery query =
          new UserQuery(
              any(random, Scope.values()),
              random.nextBoolean() ? null : condition(random),
              any(random, Sort.values()),
              random.nextBoolean());
      int size = 1 + random.nextInt(60);

      List<UserId> wanted = expected(model, query);
      List<List<UserId>> pages = walk(query, size, Seek.AFTER, PageQuery.first(size));

      assertThat(pages.stream().flatMap(List::stream)).as("%s", query).isEqualTo(wanted);
      assertThat(backwards(query, size, wanted)).as("%s", query).isEqualTo(wanted);
    }
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

  /** What is there all the time is seen once by every walk, whatever comes and goes meanwhile. */
  @Test
  void walksSeeEachLastingAccountOnceWhileOthersComeAndGo() throws Exception {
    int walks = 10_000;
    Set<UserId> lasting = new HashSet<>(List.of(Fixture.USER));
    List<UserId> coming = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      UserId id = new UserId(new UUID(9, i));
      fixture.create(id, "walk" + (char) ('a' + i));
      (i % 2 == 0 ? lasting : coming).add(id);
    }
    AtomicInteger left = new AtomicInteger(walks);

    Together.run(
        4,
        thread ->
            () -> {
              switch (thread) {
                case 0 -> comeAndGo(coming, left);
                case 1 -> create(left);
                default -> walkAll(lasting, left);
              }
              return thread;
            });

    assertThat(left.get()).isNotPositive();
    assertThat(fixture.directory().verifyJournal(CUSTOMER).isIntact()).isTrue();
  }

  private void comeAndGo(List<UserId> coming, AtomicInteger left) {
    CustomerUserUpdate back = CustomerUserUpdate.builder().restore().build();
    for (int i = 0; left.get() > 0; i++) {
      UserRef ref = new UserRef.ById(coming.get(i % coming.size()));
      fixture.directory().users().delete(CUSTOMER, ref, Fixture.request());
      fixture
          .directory()
          .users()
          .update(CUSTOMER, ref, back, new EntityTag.Any(), Fixture.request());
    }
  }

  private void create(AtomicInteger left) {
    for (int i = 0; left.get() > 0 && i < 60; i++) {
      fixture.create(new UserId(new UUID(8, i)), "walk" + (char) ('a' + i % 24) + i);
    }
  }

  private void walkAll(Set<UserId> lasting, AtomicInteger left) {
    while (left.getAndDecrement() > 0) {
      List<UserId> seen =
          walk(UserQuery.active(), 5, Seek.AFTER, PageQuery.first(5)).stream()
              .flatMap(List::stream)
              .toList();
      assertThat(seen).doesNotHaveDuplicates().containsAll(lasting);
    }
  }

  private Page<User> page(UserQuery query, PageQuery page) {
    return fixture.directory().users().page(CUSTOMER, query, page);
  }

  private List<List<UserId>> walk(UserQuery query, int size, Seek seek, PageQuery start) {
    List<List<UserId>> pages = new ArrayList<>();
    PageQuery next = start;
    while (true) {
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

  private static List<UserId> expected(List<User> model, UserQuery query) {
    Comparator<User> order =
        Comparator.<User, String>comparing(query.sort()::of, UserListTest::byBytes)
            .thenComparing(user -> user.id().toString());
    return model.stream()
        .filter(user ->
            query.scope() == Scope.ALL || user.isDeleted() == (query.scope() == Scope.DELETED))
        .filter(user -> query.condition() == null || query.condition().test(user))
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
              "(x'%s',x'%s',1,%s,%s,%s,null,null,null,null,0,%s)"
                  .formatted(
                      CUSTOMER.toString().replace("-", ""),
                      id.toString().replace("-", ""),
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

  private static String quoted(@Nullable String text) {
    return text == null ? "null" : "'" + text + "'";
  }

  @SafeVarargs
  private static <T> T any(Random random, T... values) {
    return values[random.nextInt(values.length)];
  }
}
