package dev.vidame.directory.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.TestStore;
import dev.vidame.directory.journal.CommitBells;
import dev.vidame.directory.journal.CommitBells.Bell;
import dev.vidame.directory.storage.Dialect;
import dev.vidame.directory.storage.Transactions;
import dev.vidame.wire.CustomerId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * All it needs of a store is the table of where journals end, which a file is given here. A bell
 * that rang is not waited for, so each wait is over soon or the test fails.
 */
@Timeout(30)
class OthersCommitsTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  @TempDir private Path folder;
  private TestStore store;
  private Transactions transactions;
  private OthersCommits others;
  private final CommitBells bells = new CommitBells();

  @BeforeEach
  void open() throws SQLException {
    store = TestStore.in(folder);
    transactions = store.transactions();
    if (TestStore.dialect() == Dialect.SQLITE) {
      sql("create table journal_heads (customer_id blob primary key, seq integer, hash blob)");
    }
    others = new OthersCommits(transactions, bells);
  }

  @AfterEach
  void close() {
    others.close();
    transactions.close();
    store.close();
  }

  private void sql(String text) throws SQLException {
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(text);
    }
  }

  private static CustomerId customer(int number) {
    return new CustomerId(new UUID(number, number));
  }

  /** What another process commits, as far as the table tells it. */
  private void end(CustomerId customer, long seq) throws SQLException {
    String none = TestStore.dialect() == Dialect.SQLITE ? "x''" : "''";
    sql(
        "insert into journal_heads (customer_id, seq, hash) values (%s, %d, %s)"
            .formatted(store.literal(customer.value()), seq, none));
  }

  private Bell bell(CustomerId customer, long behind) {
    Bell bell = bells.take(customer);
    bell.isWaitedFor(behind);
    return bell;
  }

  @Test
  void whoWaitsForWhatIsThereIsToldAndNobodyElse() throws SQLException, InterruptedException {
    Bell waiting = bell(customer(1), 7);
    end(customer(1), 7);
    Bell told = bell(customer(2), 7);
    end(customer(2), 8);

    others.watch();
    told.await(LONG);

    assertThat(bells.waitedFor()).containsExactly(customer(1));
    assertThat(bells.take(customer(1))).isSameAs(waiting);
  }

  /** More customers than one statement asks for, and not a multiple of them. */
  @Test
  void everyCustomerOfManyIsLookedAt() throws SQLException, InterruptedException {
    List<Bell> told = new ArrayList<>();
    for (int number = 1; number <= 70; number++) {
      told.add(bell(customer(number), 0));
      end(customer(number), 1);
    }

    others.watch();

    for (Bell bell : told) {
      bell.await(LONG);
    }
    assertThat(bells.isQuiet()).isTrue();
  }

  @Test
  void whoBeginsToWaitWhenNobodyDidIsToldToo() throws SQLException, InterruptedException {
    for (int number = 1; number <= 3; number++) {
      Bell bell = bell(customer(number), 0);
      others.watch();
      end(customer(number), 1);
      bell.await(LONG);
    }
    assertThat(bells.isQuiet()).isTrue();
  }

  /** As while the server starts again. */
  @Test
  void roundThatFailsIsLoggedAndFollowedByAnother() throws SQLException, InterruptedException {
    end(customer(1), 1);
    sql("alter table journal_heads rename to journal_heads_away");
    Bell bell = bell(customer(1), 0);
    Bell other = bell(customer(2), 0);
    Logger log = Logger.getLogger(OthersCommits.class.getName());
    Failures failures = new Failures();
    log.addHandler(failures);
    try {
      others.watch();
      failures.first.await();
    } finally {
      log.removeHandler(failures);
    }
    assertThat(bells.waitedFor()).hasSize(2);

    sql("alter table journal_heads_away rename to journal_heads");

    bell.await(LONG);
    assertThat(bells.waitedFor()).containsExactly(customer(2));
    assertThat(bells.take(customer(2))).isSameAs(other);
  }

  private static final class Failures extends Handler {
    private final CountDownLatch first = new CountDownLatch(1);

    @Override
    public void publish(LogRecord line) {
      if (line.getThrown() != null) {
        first.countDown();
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
