package dev.vidame.directory.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.TestStore;
import dev.vidame.directory.observation.StoreObserver;
import dev.vidame.harness.Until;
import dev.vidame.wire.CustomerId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Far more changes than can wait, while the store cannot commit. */
@Timeout(60)
class FloodTest {
  private static final String INSERT =
      "insert into partners (partner_id, name, created_at) values (?, ?, 0)";
  private static final String COUNT = "select count(*) from partners";
  private static final String NAMES = "select name from partners";

  /** Lets everybody read and nobody write, until it is taken back. */
  private static final String LOCK =
      TestStore.dialect() == Dialect.SQLITE
          ? "begin immediate"
          : "begin; lock table partners in exclusive mode";

  private static final int CUSTOMERS = 64;

  /** More than wait and are under way at once. */
  private static final int BEYOND = 3_000;

  private static final int LARGEST_BATCH = 512;

  @TempDir private Path folder;
  private TestStore store;

  @BeforeEach
  void open() throws SQLException {
    store = TestStore.in(folder);
  }

  @AfterEach
  void close() {
    store.close();
  }

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

  private static CustomerId customer(long id) {
    return new CustomerId(new UUID(1, id % CUSTOMERS));
  }

  private static Outcome insert(Transactions transactions, long id) {
    try {
      transactions.write(
          customer(id),
          session -> session.update(INSERT, row -> row.uuid(new UUID(0, id)).text("p" + id)));
      return Outcome.ACKNOWLEDGED;
    } catch (DirectoryException e) {
      return e.failure().equals(new Failure.Overloaded(Duration.ofSeconds(1)))
          ? Outcome.REFUSED
          : Outcome.NOT_COMMITTED;
    }
  }

  private static long count(Transactions transactions) {
    return transactions.read(
        session -> session.one(COUNT, none -> {}, row -> row.number(1)).orElseThrow());
  }

  private static List<String> names(Transactions transactions) {
    return transactions.read(session -> session.list(NAMES, none -> {}, row -> row.text(1)));
  }

  @Test
  void whatCannotWaitIsRefusedAtOnceAndNothingAcknowledgedIsLost() throws Exception {
    Kept kept = new Kept();
    store.transactions().close(); // makes the tables
    try (Transactions transactions = store.transactions(kept)) {
      int capacity = kept.queue().capacity();
      int all = capacity + LARGEST_BATCH + BEYOND;
      List<Future<Outcome>> outcomes = new ArrayList<>();
      try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
        try (Connection other = store.connect();
            Statement lock = other.createStatement()) {
          lock.execute(LOCK);
          outcomes.add(callers.submit(() -> insert(transactions, 0)));
          Until.met(() -> kept.began.get() > 0);
          for (int i = 1; i < all; i++) {
            long id = i;
            outcomes.add(callers.submit(() -> insert(transactions, id)));
          }
          Until.met(() -> {
            assertThat(kept.queue().waiting()).isLessThanOrEqualTo(capacity);
            return kept.refused.get() >= BEYOND;
          });
          assertThat(count(transactions)).isZero();
          lock.execute("rollback");
        }
      }

      List<Outcome> known = outcomes.stream().map(FloodTest::outcome).toList();
      List<String> acknowledged =
          IntStream.range(0, all)
              .filter(id -> known.get(id) == Outcome.ACKNOWLEDGED)
              .mapToObj(id -> "p" + id)
              .toList();
      assertThat(known).filteredOn(Outcome.REFUSED::equals).hasSize(kept.refused.get());
      assertThat(names(transactions))
          .containsExactlyInAnyOrderElementsOf(acknowledged)
          .isNotEmpty();
      assertThat(kept.queue().waiting()).isZero();
      assertThat(insert(transactions, all)).isEqualTo(Outcome.ACKNOWLEDGED);
      assertThat(kept.isClosed).isFalse();
    }
    assertThat(kept.isClosed).isTrue();
  }

  private static Outcome outcome(Future<Outcome> future) {
    return future.resultNow();
  }

  /** Keeps all that it is told, in order. */
  private static final class Told implements StoreObserver {
    final List<String> all = new ArrayList<>();

    @Override
    public void opened(Queue queue) {
      all.add("opened");
    }

    @Override
    public Batch began(int changes) {
      all.add("began " + changes);
      return new Batch() {
        @Override
        public void committed() {
          all.add("committed");
        }

        @Override
        public void failed() {
          all.add("failed");
        }
      };
    }

    @Override
    public void refused() {
      all.add("refused");
    }

    @Override
    public void checkpointed(boolean heldCommits, long nanos) {}

    @Override
    public void closed() {
      all.add("closed");
    }
  }

  /**
   * A statement that ends the transaction under the writer's feet: its commit has nothing to do.
   */
  @Test
  @Tag("sqlite")
  void commitThatCannotBeginIsToldAsFailed() throws SQLException {
    List<String> told = toldOf("rollback");

    assertThat(told.subList(0, 7))
        .containsExactly(
            "opened", "began 1", "committed", "began 1", "failed", "began 1", "committed");
  }

  /** A server says again and again that others were faster. */
  @Test
  @Tag("postgresql")
  void commitThatFailsIsToldAsFailedEachTime() throws SQLException {
    List<String> told = toldOf("do $$ begin raise sqlstate '40001'; end $$");

    List<String> expected = new ArrayList<>(List.of("opened", "began 1", "committed"));
    for (int attempt = 0; attempt < 6; attempt++) {
      expected.addAll(List.of("began 1", "failed"));
    }
    expected.addAll(List.of("began 1", "committed"));
    assertThat(told.subList(0, expected.size())).isEqualTo(expected);
  }

  /**
   * What is told of a change before and one after another that does not happen, and of the end. All
   * are of one customer, because those of others are told of by other threads.
   */
  private List<String> toldOf(String failing) throws SQLException {
    Told told = new Told();
    Transactions transactions = store.transactions(told.and(new Kept()));

    assertThat(insert(transactions, 1)).isEqualTo(Outcome.ACKNOWLEDGED);
    assertThat(outcomeOf(transactions, failing)).isEqualTo(Outcome.NOT_COMMITTED);
    assertThat(insert(transactions, 1 + CUSTOMERS)).isEqualTo(Outcome.ACKNOWLEDGED);
    transactions.close();
    assertThat(insert(transactions, 1 + 2 * CUSTOMERS)).isEqualTo(Outcome.REFUSED);

    assertThat(told.all).endsWith("closed", "refused");
    return told.all;
  }

  private static Outcome outcomeOf(Transactions transactions, String statement) {
    try {
      transactions.write(customer(1), session -> session.update(statement, none -> {}));
      return Outcome.ACKNOWLEDGED;
    } catch (DirectoryException e) {
      return Outcome.NOT_COMMITTED;
    }
  }
}
