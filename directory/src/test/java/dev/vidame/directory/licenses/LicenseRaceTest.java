package dev.vidame.directory.licenses;

import static dev.vidame.directory.Fixture.CUSTOMER;
import static dev.vidame.directory.Fixture.request;
import static dev.vidame.directory.licenses.Products.ALL;
import static dev.vidame.directory.licenses.Products.VISIO;
import static dev.vidame.directory.licenses.Products.assign;
import static dev.vidame.directory.licenses.Products.product;
import static dev.vidame.directory.licenses.Products.remove;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.Fixture;
import dev.vidame.directory.TestStore;
import dev.vidame.directory.Together;
import dev.vidame.directory.users.EntityTag;
import dev.vidame.directory.users.UserRef;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.UserId;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many want the last unit. */
class LicenseRaceTest {
  private static final int CALLERS = 16;
  private static final int ROUNDS = TestStore.times(200);

  @TempDir private Path folder;
  private Fixture fixture;
  private final List<UserRef> accounts = new ArrayList<>();

  @BeforeEach
  void open() throws SQLException {
    fixture = new Fixture(folder);
    for (int i = 0; i < CALLERS; i++) {
      accounts.add(Products.newAccount(fixture, new UserId(new UUID(9, i)), "user" + i));
    }
    fixture.directory().skus().define(CUSTOMER, product(VISIO, "VISIO", 1));
  }

  @AfterEach
  void close() throws SQLException {
    assertThat(fixture.directory().verifyJournal(CUSTOMER).isIntact()).isTrue();
    assertThat(Products.notExact(fixture)).isZero();
    fixture.close();
  }

  private int consumed() {
    return fixture.directory().skus().list(CUSTOMER, ALL).getFirst().units().consumed();
  }

  private boolean getsTheUnit(UserRef account) {
    try {
      return !fixture.directory().licenses().update(CUSTOMER, account, assign(VISIO), request());
    } catch (DirectoryException e) {
      assertThat(e.failure()).isEqualTo(new Failure.OutOfLicenses(CUSTOMER, VISIO));
      return false;
    }
  }

  @Test
  void oneOfSixteenGetsTheLastUnit() throws InterruptedException, ExecutionException {
    for (int round = 0; round < ROUNDS; round++) {
      List<Boolean> got = Together.run(CALLERS, caller -> () -> getsTheUnit(accounts.get(caller)));

      assertThat(got.stream().filter(winner -> winner)).hasSize(1);
      assertThat(consumed()).isEqualTo(1);
      UserRef winner = accounts.get(got.indexOf(true));
      fixture.directory().licenses().update(CUSTOMER, winner, remove(VISIO), request());
      assertThat(consumed()).isZero();
    }
  }

  /** Restoring takes units as assigning does. */
  @Test
  void restoreAndAssignmentsWantTheSameUnit()
      throws SQLException, InterruptedException, ExecutionException {
    UserRef holder = accounts.getFirst();
    CustomerUserUpdate restore = CustomerUserUpdate.builder().restore().build();
    for (int round = 0; round < ROUNDS; round++) {
      assertThat(getsTheUnit(holder)).isTrue();
      fixture.directory().users().delete(CUSTOMER, holder, request());

      List<Boolean> got =
          Together.run(
              CALLERS,
              caller ->
                  () -> {
                    if (caller > 0) {
                      return getsTheUnit(accounts.get(caller));
                    }
                    fixture
                        .directory()
                        .users()
                        .update(CUSTOMER, holder, restore, new EntityTag.Any(), request());
                    return !fixture.directory().licenses().of(CUSTOMER, holder, ALL).isEmpty();
                  });

      assertThat(got.stream().filter(winner -> winner)).hasSize(1);
      assertThat(consumed()).isEqualTo(1);
      UserRef winner = accounts.get(got.indexOf(true));
      fixture.directory().licenses().update(CUSTOMER, winner, remove(VISIO), request());
    }
  }
}
