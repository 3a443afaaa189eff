package dev.vidame.directory.storage;

import static dev.vidame.directory.Fixture.CUSTOMER;
import static dev.vidame.directory.Fixture.named;
import static dev.vidame.directory.Fixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.Fixture;
import dev.vidame.directory.Together;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.users.EntityTag;
import dev.vidame.directory.users.Users.Outcome;
import dev.vidame.wire.CustomerId;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What only a server has: several that write, connections that end, and locks. */
@Tag("postgresql")
class PostgresTransactionsTest {
  private static final CustomerId OTHER = new CustomerId(new UUID(5, 5));
  private static final String KILL = "select pg_terminate_backend(pg_backend_pid())";
  private static final String ADD = "update partners set created_at = ?1 where partner_id = ?2";
  private static final String SAME =
      "update partners set created_at = created_at where created_at = ?1";
  private static final String READ = "select created_at from partners where partner_id = ?";

  @TempDir private Path folder;
  private Fixture fixture;
  private Transactions first;
  private Transactions second;

  @BeforeEach
  void open() throws SQLException {
    fixture = new Fixture(folder);
    first = fixture.store().transactions();
    second = fixture.store().transactions();
  }

  @AfterEach
  void close() {
    first.close();
    second.close();
    fixture.close();
  }

  private static long number(Session session) throws SQLException {
    return session
        .one(READ, arguments -> arguments.uuid(Fixture.PARTNER.value()), row -> row.number(1))
        .orElseThrow();
  }

  private static boolean set(Session session, long number) throws SQLException {
    return session.update(ADD, arguments -> arguments.number(number).uuid(Fixture.PARTNER.value()))
        == 1;
  }

  private static boolean increment(Session session) throws SQLException {
    return set(session, number(session) + 1);
  }

  private static boolean setLater(Session session, @Nullable Long number) throws SQLException {
    session.updateLater(
        ADD,
        arguments ->
            (number == null ? arguments.noNumber() : arguments.number(number))
                .uuid(Fixture.PARTNER.value()));
    return true;
  }

  @Test
  void aChangeThatIsSentLateIsSeenByWhateverIsAskedNext() {
    List<Long> seen =
        first.write(
            CUSTOMER,
            session -> {
              setLater(session, 11L);
              long byQuery = number(session);
              setLater(session, 12L);
              setLater(session, 13L);
              List<Long> byScan = new ArrayList<>();
              session.scan(
                  READ,
                  arguments -> arguments.uuid(Fixture.PARTNER.value()),
                  row -> byScan.add(row.number(1)));
              setLater(session, 14L);
              int changed = session.update(SAME, arguments -> arguments.number(14));
              setLater(session, 15L);
              return List.of(byQuery, byScan.getFirst(), (long) changed);
            });

    assertThat(seen).containsExactly(11L, 13L, 1L);
    assertThat(second.read(PostgresTransactionsTest::number)).isEqualTo(15);
  }

  @Test
  void aChangeThatIsSentLateFailsForNobodyButItsOwnCaller() throws Exception {
    int failing = 7;

    List<Optional<DirectoryException>> refusals =
        Together.run(
            20,
            id ->
                () -> {
                  try {
                    first.write(
                        CUSTOMER,
                        session -> {
                          number(session);
                          return setLater(session, id == failing ? null : Long.valueOf(id));
                        });
                    return Optional.empty();
                  } catch (DirectoryException e) {
                    return Optional.of(e);
                  }
                });

    for (int id = 0; id < refusals.size(); id++) {
      if (id == failing) {
        assertThat(refusals.get(id)).isPresent();
      } else {
        refusals
            .get(id)
            .ifPresent(refusal -> {
              throw new AssertionError("Refused without a reason of its own", refusal);
            });
      }
    }
    assertThat(refusals).hasSize(20);
  }

  @Test
  void twoProcessesLoseNoUpdateOfOneCustomer() throws Exception {
    long before = first.read(PostgresTransactionsTest::number);

    Together.run(
        200,
        id ->
            () ->
                (id % 2 == 0 ? first : second)
                    .write(CUSTOMER, PostgresTransactionsTest::increment));

    assertThat(first.read(PostgresTransactionsTest::number)).isEqualTo(before + 200);
  }

  /** One sync to disk for each would take its time; so those that wait go together. */
  @Test
  void manyChangesOfOneCustomerShareCommits() throws Exception {
    Set<Session> commits = ConcurrentHashMap.newKeySet(); // each transaction has its own
    long before = first.read(PostgresTransactionsTest::number);

    Together.run(
        64,
        id ->
            () -> {
              for (int i = 0; i < 79; i++) {
                first.write(
                    CUSTOMER,
                    session -> {
                      session.onCommit(() -> commits.add(session));
                      return increment(session);
                    });
              }
              return true;
            });

    assertThat(first.read(PostgresTransactionsTest::number)).isEqualTo(before + 64 * 79);
    assertThat(commits).hasSizeLessThan(64 * 79 / 4);
  }

  @Test
  void changeIsMadeAgainWhereItsConnectionEnds() {
    AtomicInteger runs = new AtomicInteger();
    long before = first.read(PostgresTransactionsTest::number);

    first.write(
        CUSTOMER,
        session -> {
          increment(session);
          if (runs.incrementAndGet() < 3) {
            session.exists(KILL, none -> {});
          }
          return true;
        });

    assertThat(runs).hasValue(3);
    assertThat(first.read(PostgresTransactionsTest::number)).isEqualTo(before + 1);
  }

  @Test
  void readIsMadeAgainWhereItsConnectionEnds() {
    AtomicInteger runs = new AtomicInteger();

    long number =
        first.query(session -> {
          if (runs.incrementAndGet() < 3) {
            session.exists(KILL, none -> {});
          }
          return number(session);
        });

    assertThat(runs).hasValue(3);
    assertThat(number).isPositive();
  }

  /** The database ends one of them, which then runs again. */
  @Test
  @Timeout(60)
  void transactionsThatWaitForEachOtherBothHappen() throws Exception {
    CountDownLatch bothHoldOne = new CountDownLatch(2);
    List<Boolean> done =
        Together.run(
            2,
            id ->
                () -> {
                  Transactions own = id == 0 ? first : second;
                  return own.write(
                      id == 0 ? CUSTOMER : OTHER,
                      session -> {
                        bothHoldOne.countDown();
                        await(bothHoldOne);
                        session.heads().of(id == 0 ? OTHER : CUSTOMER);
                        return increment(session);
                      });
                });

    assertThat(done).containsExactly(true, true);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Between the look of the one and its write, the other writes the same. */
  @Test
  void whoIsOvertakenLooksAgain() {
    String find = "select 1 from domains where domain = ?";
    String insert = "insert into domains (domain, customer_id, is_federated) values (?,?,0)";
    AtomicInteger runs = new AtomicInteger();

    assertThatThrownBy(() ->
            first.write(
                CUSTOMER,
                session -> {
                  if (session.exists(find, arguments -> arguments.text("same.example"))) {
                    throw new Failure.Conflict("domain").asException();
                  }
                  if (runs.incrementAndGet() == 1) {
                    second.write(
                        OTHER,
                        other ->
                            other.update(
                                insert,
                                arguments -> arguments.text("same.example").uuid(OTHER.value())));
                  }
                  return session.update(
                      insert, arguments -> arguments.text("same.example").uuid(CUSTOMER.value()));
                }))
        .isInstanceOfSatisfying(
            DirectoryException.class,
            e -> assertThat(e.failure()).isEqualTo(new Failure.Conflict("domain")));
    assertThat(runs).hasValue(1);
  }

  @Test
  void repeatedRequestFindsItsAnswerInAnotherProcess() throws SQLException {
    ChangeRequest change = request();
    long seq = fixture.update(named("once"), new EntityTag.Any(), change).user().version();

    fixture.reopen();
    Outcome again = fixture.update(named("once"), new EntityTag.Any(), change);

    assertThat(again.isReplay()).isTrue();
    assertThat(again.user().version()).isEqualTo(seq);
  }
}
