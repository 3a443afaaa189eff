package dev.vidame.directory.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.PostgresOptions;
import dev.vidame.directory.TestStore;
import dev.vidame.harness.Until;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who waits for a connection, for how long, and in which order. */
@Tag("postgresql")
@Timeout(60)
class ConnectionPoolTest {
  private static final Failure BUSY = new Failure.Overloaded(Duration.ofSeconds(1));
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final Duration LONG = Duration.ofMinutes(1);

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

  /** One connection for changes, and one for reads. */
  private ConnectionPool pool(Duration mostWaiting) throws SQLException {
    return ConnectionPool.open(
        new PostgresOptions(
            store.url(), "", "", "", 2, Duration.ofSeconds(30), Duration.ofSeconds(10), false),
        mostWaiting);
  }

  /** Somebody who has a connection until told to give it back. */
  private static final class Holder {
    private final CountDownLatch hasIt = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final Thread thread;

    /** What it does afterwards is done by the same thread at once. */
    Holder(ConnectionPool pool, Runnable afterwards) throws InterruptedException {
      thread =
          Thread.ofPlatform()
              .daemon()
              .start(() -> {
                write(
                    pool,
                    () -> {
                      hasIt.countDown();
                      await(mayEnd);
                    });
                afterwards.run();
              });
      hasIt.await();
    }

    void end() throws InterruptedException {
      mayEnd.countDown();
      thread.join();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void write(ConnectionPool pool, Runnable use) {
    try {
      pool.writing(connection -> {
        use.run();
        return true;
      });
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int answer(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select 7")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  /** Whoever has just had the connection and wants it again is the one that could overtake. */
  @Test
  void whoComesIsServedBehindAllWhoWait() throws Exception {
    int waiters = 10;
    try (ConnectionPool pool = pool(LONG)) {
      for (int round = 0; round < 10; round++) {
        List<Integer> served = Collections.synchronizedList(new ArrayList<>());
        Holder holder = new Holder(pool, () -> write(pool, () -> served.add(waiters)));
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < waiters; i++) {
          int number = i;
          Thread thread =
              Thread.ofPlatform().daemon().start(() -> write(pool, () -> served.add(number)));
          threads.add(thread);
          awaitWaiting(thread);
        }

        holder.end();

        for (Thread thread : threads) {
          thread.join();
        }
        assertThat(served).isEqualTo(IntStream.rangeClosed(0, waiters).boxed().toList());
      }
    }
  }

  private static void awaitWaiting(Thread thread) {
    Until.met(() -> thread.getState() == Thread.State.TIMED_WAITING || !thread.isAlive());
    assertThat(thread.isAlive()).isTrue();
  }

  @Test
  void whoWaitsTooLongIsAskedToComeBack() throws Exception {
    try (ConnectionPool pool = pool(SHORT)) {
      Holder holder = new Holder(pool, () -> {});

      assertBusy(pool);
      assertBusy(pool);
      assertThat(pool.<Integer>reading(ConnectionPoolTest::answer)).isEqualTo(7); // another line

      holder.end();
      assertThat(pool.<Integer>writing(ConnectionPoolTest::answer)).isEqualTo(7);
    }
  }

  private static void assertBusy(ConnectionPool pool) {
    assertThatExceptionOfType(DirectoryException.class)
        .isThrownBy(() -> pool.writing(ConnectionPoolTest::answer))
        .satisfies(e -> assertThat(e.failure()).isEqualTo(BUSY));
  }

  @Test
  void whoFailsGivesItsPlaceBack() throws Exception {
    try (ConnectionPool pool = pool(SHORT)) {
      List<Throwable> faults =
          List.of(new SQLException("a"), new IllegalStateException("b"), new AssertionError("c"));
      for (Throwable fault : faults) {
        assertThatThrownBy(() -> pool.writing(connection -> fail(fault))).isSameAs(fault);
        assertThatThrownBy(() -> pool.reading(connection -> fail(fault))).isSameAs(fault);
      }
      assertThatThrownBy(() -> pool.writing(ConnectionPoolTest::end))
          .isInstanceOf(SQLException.class);

      assertThat(pool.<Integer>writing(ConnectionPoolTest::answer)).isEqualTo(7);
      assertThat(pool.<Integer>reading(ConnectionPoolTest::answer)).isEqualTo(7);
    }
  }

  private static boolean fail(Throwable fault) throws SQLException {
    switch (fault) {
      case SQLException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalArgumentException(fault);
    }
  }

  private static boolean end(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.execute("select pg_terminate_backend(pg_backend_pid())");
    }
  }

  @Test
  void whoGetsNoConnectionGivesItsPlaceBack() throws Exception {
    ConnectionPool pool = pool(SHORT);
    pool.close(); // from now on there is none

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> pool.writing(ConnectionPoolTest::answer))
          .isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> pool.reading(ConnectionPoolTest::answer))
          .isInstanceOf(SQLException.class);
    }
  }

  /** A place too many would be as bad as one too few: more than are reckoned with would write. */
  @Test
  void whoIsInterruptedWhileWaitingGivesNothingBack() throws Exception {
    try (ConnectionPool pool = pool(SHORT)) {
      Holder holder = new Holder(pool, () -> {});
      Thread.currentThread().interrupt();

      Throwable thrown = catchThrowable(() -> pool.writing(ConnectionPoolTest::answer));

      assertThat(Thread.interrupted()).isTrue();
      assertThat(thrown)
          .isInstanceOfSatisfying(
              DirectoryException.class,
              e -> assertThat(e.failure()).isEqualTo(new Failure.StoreUnavailable()));
      assertBusy(pool);
      holder.end();
      assertThat(pool.<Integer>writing(ConnectionPoolTest::answer)).isEqualTo(7);
    }
  }
}
