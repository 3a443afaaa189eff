package dev.vidame.directory.storage;

import static dev.vidame.directory.Fixture.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.Fixture;
import dev.vidame.directory.PostgresOptions;
import dev.vidame.directory.Together;
import dev.vidame.wire.CustomerId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server answers instead of a result: which faults pass, and what is told of the others. */
@Tag("postgresql")
@Timeout(60)
class PostgresFaultsTest {
  private static final CustomerId OTHER = new CustomerId(new UUID(5, 5));
  private static final Failure BUSY = new Failure.Overloaded(Duration.ofSeconds(1));
  private static final Failure UNAVAILABLE = new Failure.StoreUnavailable();
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofSeconds(50);

  /** How long a change waits where nothing else is set. */
  private static final Duration USUAL = PostgresOptions.standard("").lockTimeout();

  /** Ends by itself, later than the setting and sooner than the test. */
  private static final String SLEEP = "select pg_sleep(20)";

  private static final String ADD =
      "update partners set created_at = created_at + 1 where partner_id = ?";

  private static final String READ = "select created_at from partners where partner_id = ?";

  @TempDir private static Path folder;
  private static Fixture fixture;
  private static Transactions transactions;

  @BeforeAll
  static void open() throws SQLException {
    fixture = new Fixture(folder);
    transactions = fixture.store().transactions();
  }

  @AfterAll
  static void close() {
    transactions.close();
    fixture.close();
  }

  private static long number(Session session) throws SQLException {
    return session
        .one(READ, arguments -> arguments.uuid(Fixture.PARTNER.value()), row -> row.number(1))
        .orElseThrow();
  }

  private static boolean increment(Session session) throws SQLException {
    return session.update(ADD, arguments -> arguments.uuid(Fixture.PARTNER.value())) == 1;
  }

  private static boolean raise(Session session, String state, String message) throws SQLException {
    return session.update(
            "do $$ begin raise exception '%s' using errcode = '%s'; end $$"
                .formatted(message, state),
            none -> {})
        == 0;
  }

  private static boolean raise(Session session, String state) throws SQLException {
    return raise(session, state, "raised by a test");
  }

  private static DirectoryException assertFails(ThrowingCallable work, Failure failure) {
    DirectoryException thrown =
        assertThatExceptionOfType(DirectoryException.class).isThrownBy(work).actual();
    assertThat(thrown.failure()).isEqualTo(failure);
    return thrown;
  }

  private static void assertState(DirectoryException thrown, String state) {
    assertThat(thrown)
        .cause()
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state));
  }

  @ParameterizedTest
  @ValueSource(strings = {"40001", "40P01", "40003", "53300", "57P01"})
  void changeIsMadeAgainAfterAFaultThatPasses(String state) {
    AtomicInteger runs = new AtomicInteger();
    long before = transactions.read(PostgresFaultsTest::number);

    transactions.write(
        CUSTOMER,
        session -> {
          increment(session);
          return runs.incrementAndGet() == 3 || raise(session, state);
        });

    assertThat(runs).hasValue(3);
    assertThat(transactions.read(PostgresFaultsTest::number)).isEqualTo(before + 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"40001", "40P01"})
  void faultThatPassesAndDoesNotIsToldInTheEnd(String state) {
    AtomicInteger runs = new AtomicInteger();
    long before = transactions.read(PostgresFaultsTest::number);

    DirectoryException thrown =
        assertFails(
            () ->
                transactions.write(
                    CUSTOMER,
                    session -> {
                      increment(session);
                      runs.incrementAndGet();
                      return raise(session, state);
                    }),
            UNAVAILABLE);

    assertState(thrown, state);
    assertThat(runs).hasValue(6);
    assertThat(transactions.read(PostgresFaultsTest::number)).isEqualTo(before);
    assertThat(transactions.<Boolean>write(CUSTOMER, PostgresFaultsTest::increment)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"40001", "40P01"})
  void readIsMadeAgainAfterAFaultThatPasses(String state) {
    AtomicInteger runs = new AtomicInteger();
    Transactions.Work<Long> reading =
        session -> {
          if (runs.incrementAndGet() % 3 != 0) {
            raise(session, state);
          }
          return number(session);
        };

    assertThat(transactions.query(reading)).isEqualTo(transactions.read(reading));
    assertThat(runs).hasValue(6);

    assertFails(
        () -> transactions.query(session -> countAndRaise(session, runs, state)), UNAVAILABLE);
    assertThat(runs).hasValue(12);
  }

  private static boolean countAndRaise(Session session, AtomicInteger runs, String state)
      throws SQLException {
    runs.incrementAndGet();
    return raise(session, state);
  }

  @Test
  void faultThatDoesNotPassIsToldAtOnce() {
    AtomicInteger runs = new AtomicInteger();

    DirectoryException thrown =
        assertFails(
            () -> transactions.write(CUSTOMER, session -> countAndRaise(session, runs, "22012")),
            UNAVAILABLE);

    assertState(thrown, "22012");
    assertThat(runs).hasValue(1);
  }

  /** Whoever shares its commit runs again with it, and happens once. */
  @Test
  void faultOfOneThatPassesCostsTheOthersNothing() throws Exception {
    AtomicInteger raised = new AtomicInteger();
    long before = transactions.read(PostgresFaultsTest::number);

    List<Boolean> done =
        Together.run(
            20,
            id ->
                () ->
                    transactions.write(
                        CUSTOMER,
                        session -> {
                          increment(session);
                          return id != 7 || raised.incrementAndGet() > 2 || raise(session, "40001");
                        }));

    assertThat(done).hasSize(20).containsOnly(true);
    assertThat(raised).hasValue(3);
    assertThat(transactions.read(PostgresFaultsTest::number)).isEqualTo(before + 20);
  }

  /** What is raised by the other tests is what a server says of two that changed the same. */
  @Test
  void conflictOfTwoIsAFaultThatPasses() throws SQLException {
    try (Connection first = fixture.store().connect();
        Connection second = fixture.store().connect()) {
      for (Connection each : List.of(first, second)) {
        each.setAutoCommit(false);
        each.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        execute(each, "select * from partners");
      }
      execute(first, "update partners set created_at = created_at + 1");
      first.commit();

      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> execute(second, "update partners set created_at = created_at + 1"))
          .satisfies(e -> {
            assertThat(e.getSQLState()).isEqualTo("40001");
            assertThat(Retries.passes(e)).isTrue();
          });
      second.rollback();
    }
  }

  private static void execute(Connection connection, String text) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(text);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "55P03, canceling statement due to lock timeout, true",
    "57014, canceling statement due to lock timeout, true",
    "57014, canceling statement due to statement timeout, false",
    "57014, canceling statement due to user request, false"
  })
  void whoIsLockedOutIsAskedToComeBack(String state, String message, boolean isLocked) {
    AtomicInteger runs = new AtomicInteger();

    assertFails(
        () ->
            transactions.write(
                CUSTOMER,
                session -> {
                  runs.incrementAndGet();
                  return raise(session, state, message);
                }),
        isLocked ? BUSY : UNAVAILABLE);

    assertThat(runs).hasValue(1);
  }

  /** One connection for changes and one for reads, so that it is known which is used again. */
  private static Transactions withTimeouts(Duration statement, Duration lock) throws SQLException {
    return PostgresTransactions.open(
        new PostgresOptions(fixture.store().url(), "", "", "", 2, statement, lock, false));
  }

  private static long process(Session session) throws SQLException {
    return session.one("select pg_backend_pid()", none -> {}, row -> row.number(1)).orElseThrow();
  }

  @Test
  void statementThatTakesTooLongEndsAndItsConnectionGoesOn() throws SQLException {
    try (Transactions impatient = withTimeouts(SHORT, LONG)) {
      long process = impatient.write(CUSTOMER, PostgresFaultsTest::process);

      assertState(
          assertFails(
              () -> impatient.write(CUSTOMER, session -> session.exists(SLEEP, none -> {})),
              UNAVAILABLE),
          "57014");
      assertState(
          assertFails(
              () -> impatient.read(session -> session.exists(SLEEP, none -> {})), UNAVAILABLE),
          "57014");
      assertState(
          assertFails(
              () -> impatient.query(session -> session.exists(SLEEP, none -> {})), UNAVAILABLE),
          "57014");

      assertThat(impatient.<Boolean>write(CUSTOMER, PostgresFaultsTest::increment)).isTrue();
      assertThat(impatient.write(CUSTOMER, PostgresFaultsTest::process)).isEqualTo(process);
    }
  }

  @Test
  void changeThatWaitsTooLongForAnotherProcessIsAskedToComeBack() throws SQLException {
    try (Transactions impatient = withTimeouts(LONG, SHORT);
        Connection other = fixture.store().connect()) {
      long process = impatient.write(CUSTOMER, PostgresFaultsTest::process);
      other.setAutoCommit(false);
      execute(
          other,
          "select * from journal_heads where customer_id = '%s' for update"
              .formatted(CUSTOMER.value()));

      long start = System.nanoTime();
      assertFails(() -> impatient.write(CUSTOMER, PostgresFaultsTest::increment), BUSY);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(USUAL);
      assertThat(impatient.<Boolean>write(OTHER, PostgresFaultsTest::increment)).isTrue();

      other.rollback();
      assertThat(impatient.<Boolean>write(CUSTOMER, PostgresFaultsTest::increment)).isTrue();
      assertThat(impatient.write(CUSTOMER, PostgresFaultsTest::process)).isEqualTo(process);
    }
  }
}
