package dev.vidame.directory.licenses;

import static dev.vidame.directory.Fixture.CUSTOMER;
import static dev.vidame.directory.Fixture.request;
import static dev.vidame.directory.licenses.Products.ALL;
import static dev.vidame.directory.licenses.Products.EMS;
import static dev.vidame.directory.licenses.Products.TENANT_WIDE;
import static dev.vidame.directory.licenses.Products.VISIO;
import static dev.vidame.directory.licenses.Products.product;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.Fixture;
import dev.vidame.directory.Together;
import dev.vidame.directory.users.EntityTag;
import dev.vidame.directory.users.UserRef;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.LicenseUpdate;
import dev.vidame.wire.SubscribedSku;
import dev.vidame.wire.SubscribedSku.Units;
import dev.vidame.wire.UserId;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random changes, beside a model that is simple enough to be right. */
class LicenseModelTest {
  private static final CustomerUserUpdate RESTORE = CustomerUserUpdate.builder().restore().build();
  private static final String GAME = "4b585984-651b-448a-9e53-3b10f069cf7f";
  private static final List<String> SKUS = List.of(EMS, VISIO, GAME);
  private static final int ACCOUNTS = 12;
  private static final int WORKERS = 8;

  @TempDir private Path folder;
  private Fixture fixture;
  private final List<UserRef> accounts = new ArrayList<>();
  private final Map<String, Integer> totals = new HashMap<>();
  private long seed;

  @BeforeEach
  void open() throws SQLException {
    seed = Long.getLong("vidame.seed", new Random().nextLong());
    System.out.println(
        "LicenseModelTest seed " + seed + " (repeat with -Dvidame.seed=" + seed + ")");
    fixture = new Fixture(folder);
    for (int i = 0; i < ACCOUNTS; i++) {
      accounts.add(Products.newAccount(fixture, new UserId(new UUID(9, i)), "user" + i));
    }
    define(EMS, "EMS", 6);
    define(VISIO, "VISIO", 3);
    define(GAME, "GAME", 1);
    fixture.directory().skus().define(CUSTOMER, product(TENANT_WIDE, "WIDE", 9));
  }

  private void define(String sku, String partNumber, int units) {
    totals.put(sku, units);
    fixture.directory().skus().define(CUSTOMER, product(sku, partNumber, units));
  }

  @AfterEach
  void close() {
    assertThat(fixture.directory().verifyJournal(CUSTOMER).isIntact()).isTrue();
    fixture.close();
  }

  private Map<String, Integer> consumed() {
    return fixture.directory().skus().list(CUSTOMER, ALL).stream()
        .collect(Collectors.toMap(sku -> sku.product().id(), sku -> sku.units().consumed()));
  }

  private Set<String> held(UserRef account) {
    return fixture.directory().licenses().of(CUSTOMER, account, ALL).stream()
        .map(license -> license.product().id())
        .collect(Collectors.toSet());
  }

  private void restore(UserRef account) {
    fixture.directory().users().update(CUSTOMER, account, RESTORE, new EntityTag.Any(), request());
  }

  /** What one account is in the model. */
  private static final class Account {
    private final Set<String> held = new HashSet<>();
    private boolean isDeleted;
  }

  @Test
  void everySequenceEndsAsTheModelSays() {
    Random random = new Random(seed);
    List<Account> model = new ArrayList<>();
    accounts.forEach(account -> model.add(new Account()));

    for (int step = 0; step < 1500; step++) {
      int who = random.nextInt(ACCOUNTS);
      switch (random.nextInt(10)) {
        case 0 -> delete(model, who);
        case 1, 2 -> restore(model, who);
        case 3 -> setUnits(model, random);
        default -> update(model, who, random);
      }
      for (String sku : SKUS) {
        assertThat(consumed().get(sku)).as("step %s", step).isEqualTo(holders(model, sku));
      }
      Set<String> expected = model.get(who).isDeleted ? Set.of() : model.get(who).held;
      assertThat(held(accounts.get(who))).as("step %s", step).isEqualTo(expected);
    }
  }

  private static int holders(List<Account> model, String sku) {
    return (int)
        model.stream().filter(account -> !account.isDeleted && account.held.contains(sku)).count();
  }

  private boolean isFree(List<Account> model, String sku) {
    return holders(model, sku) < totals.getOrDefault(sku, 0);
  }

  private void delete(List<Account> model, int who) {
    fixture.directory().users().delete(CUSTOMER, accounts.get(who), request());
    model.get(who).isDeleted = true;
  }

  private void restore(List<Account> model, int who) {
    restore(accounts.get(who));
    Account account = model.get(who);
    if (account.isDeleted) {
      account.held.removeIf(sku -> !isFree(model, sku));
      account.isDeleted = false;
    }
  }

  private void setUnits(List<Account> model, Random random) {
    String sku = SKUS.get(random.nextInt(SKUS.size()));
    int units = random.nextInt(8);
    boolean isEnough = units >= holders(model, sku);
    assertThat(
            outcome(() ->
                fixture.directory().skus().setUnits(CUSTOMER, sku, new Units(units, 0, 0, 0))))
        .isEqualTo(isEnough ? "" : "Invalid");
    if (isEnough) {
      totals.put(sku, units);
    }
  }

  private void update(List<Account> model, int who, Random random) {
    List<String> assigned = some(random);
    List<String> removed = some(random);
    Account account = model.get(who);
    Set<String> fresh = new HashSet<>(assigned);
    fresh.removeAll(account.held);
    boolean isInvalid =
        account.isDeleted
            || (assigned.isEmpty() && removed.isEmpty())
            || assigned.stream().anyMatch(removed::contains)
            || !account.held.containsAll(removed);
    boolean isOut = fresh.stream().anyMatch(sku -> !isFree(model, sku));

    String outcome =
        outcome(() ->
            fixture
                .directory()
                .licenses()
                .update(
                    CUSTOMER, accounts.get(who), new Wish(assigned, removed).update(), request()));

    assertThat(outcome).isEqualTo(isInvalid ? "Invalid" : isOut ? "OutOfLicenses" : "");
    if (outcome.isEmpty()) {
      removed.forEach(account.held::remove);
      account.held.addAll(assigned);
    }
  }

  private record Wish(List<String> assigned, List<String> removed) {
    LicenseUpdate update() {
      return Products.change(assigned, removed);
    }
  }

  private static List<String> some(Random random) {
    return SKUS.stream().filter(sku -> random.nextInt(3) == 0).toList();
  }

  /** Which kind of refusal, or the empty text. */
  private static String outcome(Runnable change) {
    try {
      change.run();
      return "";
    } catch (DirectoryException e) {
      return e.failure().getClass().getSimpleName();
    }
  }

  /** Everybody at once: what each single one gets is open, the counts are not. */
  @Test
  void countsAreExactWhateverHappensAtOnce()
      throws SQLException, InterruptedException, ExecutionException {
    for (int round = 0; round < 12; round++) {
      long ofRound = seed + 1000L * round;
      List<Integer> successes =
          Together.run(
              WORKERS,
              worker -> () -> worker == 0 ? watch() : changes(new Random(ofRound + worker)));

      assertThat(successes).allMatch(count -> count > 0);
      assertExact();
      fixture.clock().advance(Duration.ofDays(round % 4 == 3 ? 31 : 1));
      replacePurged(round);
    }
  }

  private int changes(Random random) {
    int successes = 0;
    for (int step = 0; step < 60; step++) {
      UserRef account = accounts.get(random.nextInt(ACCOUNTS));
      String outcome =
          outcome(() -> {
            switch (random.nextInt(6)) {
              case 0 -> fixture.directory().users().delete(CUSTOMER, account, request());
              case 1 -> restore(account);
              default ->
                  fixture
                      .directory()
                      .licenses()
                      .update(
                          CUSTOMER,
                          account,
                          new Wish(some(random), some(random)).update(),
                          request());
            }
          });
      assertThat(outcome).isIn("", "Invalid", "OutOfLicenses");
      successes += outcome.isEmpty() ? 1 : 0;
    }
    return successes;
  }

  /** At every moment, not only at the end. */
  private int watch() throws SQLException {
    for (int look = 0; look < 40; look++) {
      assertExact();
    }
    return 1;
  }

  private void assertExact() throws SQLException {
    assertThat(Products.notExact(fixture)).isZero();
    for (SubscribedSku sku : fixture.directory().skus().list(CUSTOMER, ALL)) {
      assertThat(sku.units().consumed()).isBetween(0, sku.units().total());
    }
  }

  /** Accounts that nobody restored in time are gone, and others come in their place. */
  private void replacePurged(int round) throws SQLException {
    fixture.directory().users().purge(request(), ACCOUNTS);
    assertExact();
    for (int i = 0; i < ACCOUNTS; i++) {
      UserRef account = accounts.get(i);
      boolean isGone =
          outcome(() -> fixture.directory().users().get(CUSTOMER, account))
              .equals(Failure.UserNotFound.class.getSimpleName());
      if (isGone) {
        UserId id = new UserId(new UUID(100 + round, i));
        accounts.set(i, Products.newAccount(fixture, id, "user" + round + "x" + i));
      }
    }
    assertThat(
            fixture.count(
                "select count(*) from licenses l left join users u on u.customer_id = l.customer_id"
                    + " and u.user_id = l.user_id where u.user_id is null"))
        .isZero();
  }
}
