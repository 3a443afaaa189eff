package dev.vidame.directory.users;

import static dev.vidame.directory.Fixture.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.vidame.directory.Fixture;
import dev.vidame.directory.TestStore;
import dev.vidame.directory.storage.Dialect;
import dev.vidame.directory.users.UserCounts.Counted;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.UserId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserCountsTest {
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

  private Counted counted(CustomerId customer) {
    return fixture.directory().userCounts().of(customer);
  }

  private void delete(UserId user) {
    fixture.directory().users().delete(CUSTOMER, new UserRef.ById(user), Fixture.request());
  }

  @Test
  void countsAreThoseOfTheLists() {
    UserId first = new UserId(UUID.randomUUID());
    UserId second = new UserId(UUID.randomUUID());
    fixture.create(first, "first");
    fixture.create(second, "second");
    assertThat(counted(CUSTOMER)).isEqualTo(new Counted(3, 0));

    delete(first);
    fixture.clock().advance(Duration.ofDays(10));
    delete(second);
    assertThat(counted(CUSTOMER)).isEqualTo(new Counted(1, 2));
    assertThat(counted(CUSTOMER).all()).isEqualTo(3);

    fixture.clock().advance(Duration.ofDays(20));
    assertThat(counted(CUSTOMER))
        .as("the first can be restored no more")
        .isEqualTo(new Counted(1, 1));
    assertThat(counted(new CustomerId(UUID.randomUUID()))).isEqualTo(new Counted(0, 0));
  }

  /** What is changed behind the directory's back is seen with the next change only. */
  @Test
  void accountsAreCountedOnceForEachEndOfTheJournal() throws SQLException {
    UserId first = new UserId(UUID.randomUUID());
    fixture.create(first, "first");
    assertThat(counted(CUSTOMER)).isEqualTo(new Counted(2, 0));

    fixture.sql("delete from users where user_id = " + fixture.store().literal(first.value()));
    assertThat(counted(CUSTOMER)).isEqualTo(new Counted(2, 0));

    fixture.update(Fixture.named("Another"));
    assertThat(counted(CUSTOMER)).isEqualTo(new Counted(1, 0));
  }

  @Test
  void nothingOfOtherCustomersIsRead() throws SQLException {
    assumeThat(TestStore.dialect()).isEqualTo(Dialect.SQLITE);

    assertThat(plan(UserCounts.ACTIVE)).contains("USING PRIMARY KEY (customer_id=?");
    assertThat(plan(UserCounts.DELETED)).contains("USING INDEX users_deleted_upn (customer_id=?");
  }

  private String plan(String sql) throws SQLException {
    StringBuilder plan = new StringBuilder();
    try (Connection connection = fixture.store().connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("explain query plan " + sql.replace("?", "x'00'"))) {
      while (rows.next()) {
        plan.append(rows.getString("detail")).append('\n');
      }
    }
    return plan.toString();
  }
}
