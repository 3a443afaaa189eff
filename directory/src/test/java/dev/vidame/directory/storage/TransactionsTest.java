package dev.vidame.directory.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.TestStore;
import dev.vidame.directory.Together;
import dev.vidame.harness.Until;
import dev.vidame.wire.CustomerId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What every store does, whichever is under test. */
class TransactionsTest {
  private static final CustomerId CUSTOMER = new CustomerId(new UUID(1, 1));
  private static final String INSERT =
      "insert into partners (partner_id, name, created_at) values (?, ?, 0)";
  private static final String COUNT = "select count(*) from partners";

  @TempDir private Path folder;
  private TestStore store;
  private Transactions transactions;

  @BeforeEach
  void open() throws SQLException {
    store = TestStore.in(folder);
    transactions = store.transactions();
  }

  @AfterEach
  void close() {
    transactions.close();
    store.close();
  }

  private static int insert(Session session, long id) throws SQLException {
    return session.update(INSERT, row -> row.uuid(new UUID(0, id)).text("p" + id));
  }

  private long count() {
    return transactions.read(
        session -> session.one(COUNT, none -> {}, row -> row.number(1)).orElseThrow());
  }

  @Test
  void writeIsSeenByTheNextRead() {
    for (int i = 1; i <= 50; i++) {
      long id = i;
      transactions.write(CUSTOMER, session -> insert(session, id));
      assertThat(count()).isEqualTo(i);
    }
  }

  private static Asked<Long> askForCount(Session session) throws SQLException {
    return session.ask(COUNT, none -> {}, row -> row.number(1));
  }

  @Test
  void whatIsAskedForLaterIsAnsweredWhereverItIsWanted() {
    List<Long> counts =
        transactions.write(
            CUSTOMER,
            session -> {
              Asked<Long> alone = askForCount(session);
              long none = alone.answer().orElseThrow();
              session.updateLater(INSERT, row -> row.uuid(new UUID(0, 1)).text("p1"));
              Asked<Long> behindAChange = askForCount(session);
              Asked<Long> behindAQuestion = askForCount(session);
              boolean isEmpty = !session.exists("select 1 from partners", any -> {});
              assertThat(isEmpty).isFalse();
              Asked<String> nobody =
                  session.ask(
                      "select name from partners where partner_id = ?",
                      row -> row.uuid(new UUID(9, 9)),
                      row -> row.text(1));
              assertThat(nobody.answer()).isEmpty();
              assertThat(alone.answer()).contains(0L);
              var _ = askForCount(session); // and nobody wants to know
              return List.of(
                  none,
                  behindAChange.answer().orElseThrow(),
                  behindAQuestion.answer().orElseThrow());
            });

    assertThat(counts).containsExactly(0L, 1L, 1L);
    assertThat(count()).isEqualTo(1);
    Optional<Long> inARead = transactions.read(session -> askForCount(session).answer());
    Optional<Long> alone = transactions.query(session -> askForCount(session).answer());
    assertThat(List.of(inARead, alone)).containsOnly(Optional.of(1L));
  }

  @Test
  void refusedUnitTakesBackOnlyItself() throws Exception {
    int writers = 40;

    List<Boolean> done =
        Together.run(writers, id -> () -> isDone(session -> insertAndMaybeRefuse(session, id)));

    assertThat(done).filteredOn(isDone -> isDone).hasSize(writers / 2);
    assertThat(count()).isEqualTo(writers / 2);
  }

  private boolean isDone(Transactions.Work<Boolean> work) {
    try {
      return transactions.write(CUSTOMER, work);
    } catch (DirectoryException e) {
      assertThat(e.failure()).isInstanceOfAny(Failure.UserNotFound.class, Failure.Overloaded.class);
      return false;
    }
  }

  private static boolean insertAndMaybeRefuse(Session session, long id) throws SQLException {
    insert(session, id);
    if (id % 2 == 0) {
      throw new Failure.UserNotFound().asException();
    }
    return true;
  }

  @Test
  void brokenStatementFailsItsOwnUnitOnly() {
    transactions.write(CUSTOMER, session -> insert(session, 1));

    assertThatThrownBy(() -> transactions.write(CUSTOMER, session -> insert(session, 1)))
        .isInstanceOfSatisfying(
            DirectoryException.class,
            e -> assertThat(e.failure()).isEqualTo(new Failure.StoreUnavailable()));
    transactions.write(CUSTOMER, session -> insert(session, 2));
    assertThat(count()).isEqualTo(2);
  }

  @Test
  @Timeout(20)
  void readsAfterClosingAreRefusedAndDoNotWait() {
    transactions.write(CUSTOMER, session -> insert(session, 1));
    assertThat(count()).isEqualTo(1);
    transactions.close();

    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(this::count)
          .isInstanceOfSatisfying(
              DirectoryException.class,
              e -> assertThat(e.failure()).isEqualTo(new Failure.StoreUnavailable()));
      assertThatThrownBy(() -> transactions.read(session -> true))
          .isInstanceOf(DirectoryException.class);
    }
  }

  @Test
  void hooksRunByTheFateOfTheirUnit() {
    ConcurrentLinkedQueue<String> events = new ConcurrentLinkedQueue<>();

    transactions.write(
        CUSTOMER,
        session -> {
          session.onCommit(() -> events.add("committed"));
          session.onRollback(() -> events.add("wrongly rolled back"));
          return true;
        });
    assertThatThrownBy(() ->
            transactions.write(
                CUSTOMER,
                session -> {
                  session.onCommit(() -> events.add("wrongly committed"));
                  session.onRollback(() -> events.add("first"));
                  session.onRollback(() -> events.add("last"));
                  throw new IllegalStateException("refused");
                }))
        .hasMessage("refused");

    assertThat(events).containsExactly("committed", "last", "first");
  }

  @Test
  void unitsThatWaitShareTheNextCommit() throws InterruptedException {
    CountDownLatch isRunning = new CountDownLatch(1);
    CountDownLatch mayGoOn = new CountDownLatch(1);
    ConcurrentLinkedQueue<String> events = new ConcurrentLinkedQueue<>();
    Thread first = Thread.ofPlatform().start(() -> hold(isRunning, mayGoOn));
    isRunning.await();
    List<Thread> others = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      others.add(Thread.ofPlatform().start(() -> writeAndTell(events)));
    }
    for (Thread other : others) {
      Until.met(() -> other.getState() == Thread.State.WAITING);
    }

    mayGoOn.countDown();

    first.join();
    for (Thread other : others) {
      other.join();
    }
    List<String> inOrder = List.copyOf(events);
    assertThat(inOrder.subList(0, 30)).containsOnly("ran");
    assertThat(inOrder.subList(30, 60)).containsOnly("committed");
  }

  private void hold(CountDownLatch isRunning, CountDownLatch mayGoOn) {
    transactions.write(
        CUSTOMER,
        session -> {
          isRunning.countDown();
          try {
            mayGoOn.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return true;
        });
  }

  private void writeAndTell(ConcurrentLinkedQueue<String> events) {
    transactions.write(
        CUSTOMER,
        session -> {
          events.add("ran");
          session.onCommit(() -> events.add("committed"));
          return true;
        });
  }

  @Test
  void writesWaitingAtTheEndAreDoneAndLaterOnesTurnedAway() throws Exception {
    List<Boolean> done =
        Together.run(
            21,
            id ->
                () -> {
                  if (id == 20) {
                    transactions.close();
                    return false;
                  }
                  return isDone(session -> insert(session, id) == 1);
                });

    assertThatThrownBy(() -> transactions.write(CUSTOMER, session -> insert(session, 99)))
        .isInstanceOf(DirectoryException.class);
    transactions = store.transactions();
    assertThat(count()).isEqualTo(done.stream().filter(isDone -> isDone).count());
  }

  /** Who opens several things and fails half-way may close one of them twice. */
  @Test
  @Timeout(10)
  void closingAgainDoesNothing() {
    transactions.close();

    transactions.close();
  }

  @Test
  void textWithACharacterZeroIsLookedForAndNotFound() {
    boolean isFound =
        transactions.query(session ->
            session.exists("select 1 from partners where name = ?", row -> row.text("A\u0000B")));

    assertThat(isFound).isFalse();
  }

  @Test
  void newerStoreIsRefused() throws SQLException {
    transactions.close();
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "insert into schema_history select installed_rank + 1, '999', 'from the future', type,"
              + " 'V999__from_the_future.sql', checksum, installed_by, installed_on,"
              + " execution_time, success from schema_history order by installed_rank desc limit 1");
    }

    assertThatThrownBy(() -> store.transactions())
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("cannot be brought up to date");

    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("delete from schema_history where version = '999'");
    }
    transactions = store.transactions();
  }
}
