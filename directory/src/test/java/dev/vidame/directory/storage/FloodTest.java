package dev.vidame.directory.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.Checkpoints;
import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.observation.StoreObserver;
import dev.vidame.wire.CustomerId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Far more changes than can wait, while the disk does not answer. */
@Timeout(60)
class FloodTest {
  private static final CustomerId CUSTOMER = new CustomerId(new UUID(1, 1));
  private static final String INSERT =
      "insert into partners (partner_id, name, created_at) values (?, ?, 0)";
  private static final String COUNT = "select count(*) from partners";

  /** More than wait and are under way at once. */
  private static final int BEYOND = 3_000;

  private static final int LARGEST_BATCH = 512;

  @TempDir private Path folder;

  /** Keeps what it is told. */
  private static final class Kept implements StoreObserver {
    final AtomicInteger began = new AtomicInteger();
    final AtomicInteger refused = new AtomicInteger();
    volatile @Nullable Queue queue;
    volatile boolean isClosed;

    Queue queue() {
      Queue opened = queue;
      if (opened == null) {
        throw new AssertionError("No queue was told of");
      }
      return opened;
    }

    @Override
    public void opened(Queue opened) {
      queue = opened;
    }

    @Override
    public Batch began(int changes) {
      began.incrementAndGet();
      return StoreObserver.none().began(changes);
    }

    @Override
    public void refused() {
      refused.incrementAndGet();
    }

    @Override
    public void checkpointed(boolean heldCommits, long nanos) {}

    @Override
    public void closed() {
      isClosed = true;
    }
  }

  private enum Outcome {
    ACKNOWLEDGED,
    REFUSED,
    NOT_COMMITTED
  }

  private static Outcome insert(Transactions transactions, long id) {
    try {
      transactions.write(
          CUSTOMER,
          session -> session.update(INSERT, row -> row.uuid(new UUID(0, id)).text("p" + id)));
      return Outcome.ACKNOWLEDGED;
    } catch (DirectoryException e) {
      return e.failure() instanceof Failure.Overloaded ? Outcome.REFUSED : Outcome.NOT_COMMITTED;
    }
  }

  private static long count(Transactions transactions) {
    return transactions.read(
        session -> session.one(COUNT, none -> {}, row -> row.number(1)).orElseThrow());
  }

  @Test
  void whatCannotWaitIsRefusedAtOnceAndNothingAcknowledgedIsLost() throws Exception {
    Path file = folder.resolve("vidame.db");
    Kept kept = new Kept();
    try (SqliteTransactions transactions =
        SqliteTransactions.open(file, Checkpoints.standard(), kept)) {
      int capacity = kept.queue().capacity();
      int all = capacity + LARGEST_BATCH + BEYOND;
      List<Future<Outcome>> outcomes = new ArrayList<>();
      try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
            Statement lock = other.createStatement()) {
          lock.execute("begin immediate");
          outcomes.add(callers.submit(() -> insert(transactions, 0)));
          awaitBegun(kept);
          for (int i = 1; i < all; i++) {
            long id = i;
            outcomes.add(callers.submit(() -> insert(transactions, id)));
          }
          while (kept.refused.get() < BEYOND) {
            assertThat(kept.queue().waiting()).isLessThanOrEqualTo(capacity);
            Thread.onSpinWait();
          }
          assertThat(count(transactions)).isZero();
          lock.execute("rollback");
        }
      }

      List<Outcome> known = outcomes.stream().map(FloodTest::outcome).toList();
      long acknowledged = known.stream().filter(Outcome.ACKNOWLEDGED::equals).count();
      assertThat(known).filteredOn(Outcome.REFUSED::equals).hasSize(kept.refused.get());
      assertThat(count(transactions)).isEqualTo(acknowledged).isPositive();
      assertThat(kept.queue().waiting()).isZero();
      assertThat(insert(transactions, all)).isEqualTo(Outcome.ACKNOWLEDGED);
      assertThat(kept.isClosed).isFalse();
    }
    assertThat(kept.isClosed).isTrue();
  }

  private static void awaitBegun(Kept kept) {
    while (kept.began.get() == 0) {
      Thread.onSpinWait();
    }
  }

  private static Outcome outcome(Future<Outcome> future) {
    return future.resultNow();
  }

  @Test
  void commitThatCannotBeginIsToldAsFailed() throws SQLException {
    List<String> told = new ArrayList<>();
    StoreObserver listening =
        new StoreObserver() {
          @Override
          public void opened(Queue queue) {
            told.add("opened");
          }

          @Override
          public Batch began(int changes) {
            told.add("began " + changes);
            return new Batch() {
              @Override
              public void committed() {
                told.add("committed");
              }

              @Override
              public void failed() {
                told.add("failed");
              }
            };
          }

          @Override
          public void refused() {
            told.add("refused");
          }

          @Override
          public void checkpointed(boolean heldCommits, long nanos) {}

          @Override
          public void closed() {
            told.add("closed");
          }
        };
    SqliteTransactions transactions =
        SqliteTransactions.open(
            folder.resolve("vidame.db"), Checkpoints.standard(), listening.and(new Kept()));

    assertThat(insert(transactions, 1)).isEqualTo(Outcome.ACKNOWLEDGED);
    // A statement that ends the transaction under the writer's feet: its commit has nothing to do.
    assertThat(outcomeOfEndingTheTransaction(transactions)).isEqualTo(Outcome.NOT_COMMITTED);
    assertThat(insert(transactions, 2)).isEqualTo(Outcome.ACKNOWLEDGED);
    transactions.close();
    assertThat(insert(transactions, 3)).isEqualTo(Outcome.REFUSED);

    assertThat(told.subList(0, 7))
        .containsExactly(
            "opened", "began 1", "committed", "began 1", "failed", "began 1", "committed");
    assertThat(told).endsWith("closed", "refused");
  }

  private static Outcome outcomeOfEndingTheTransaction(Transactions transactions) {
    try {
      transactions.writeShared(session -> session.update("rollback", none -> {}));
      return Outcome.ACKNOWLEDGED;
    } catch (DirectoryException e) {
      return Outcome.NOT_COMMITTED;
    }
  }
}
