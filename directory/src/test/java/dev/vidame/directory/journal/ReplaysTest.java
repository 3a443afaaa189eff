package dev.vidame.directory.journal;

import static dev.vidame.directory.Fixture.CUSTOMER;
import static dev.vidame.directory.Fixture.USER;
import static dev.vidame.directory.Fixture.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidame.directory.Directory;
import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.Fixture;
import dev.vidame.directory.TestStore;
import dev.vidame.directory.storage.Dialect;
import dev.vidame.directory.storage.Transactions;
import dev.vidame.directory.users.EntityTag;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplaysTest {
  private static final Duration MICROSECOND = Duration.ofNanos(1_000);

  /** Far from those that other requests have. */
  private static final long KEY = 1L << 40;

  @TempDir private Path folder;
  private Fixture fixture;

  @BeforeEach
  void open() throws SQLException {
    fixture = new Fixture(folder);
  }

  @AfterEach
  void close() {
    assertThat(fixture.directory().verifyJournal(CUSTOMER).isIntact()).isTrue();
    fixture.close();
  }

  private boolean isReplay(String name, ChangeRequest request) {
    return fixture.update(named(name), new EntityTag.Any(), request).isReplay();
  }

  private static ChangeRequest request(long high, long low) {
    ChangeRequest other = Fixture.request();
    return new ChangeRequest(
        other.actor(),
        other.requestId(),
        other.correlationId(),
        new Fingerprint(high, low),
        new Fingerprint(0, 0));
  }

  /** A request that changed something, and one that did not; also after a start. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void requestIsRememberedForADayAndNoLonger(boolean isReopened) throws SQLException {
    ChangeRequest changing = Fixture.request(KEY, 1);
    ChangeRequest idle = Fixture.request(KEY + 1, 1);
    assertThat(isReplay("Same", changing)).isFalse();
    assertThat(isReplay("Same", idle)).isFalse();
    fixture.clock().advance(Replays.WINDOW);
    if (isReopened) {
      fixture.reopen();
    }
    assertThat(isReplay("Same", changing)).isTrue();
    assertThat(isReplay("Same", idle)).isTrue();
    assertThatThrownBy(() -> isReplay("Same", Fixture.request(KEY, 2)))
        .isInstanceOfSatisfying(
            DirectoryException.class,
            e -> assertThat(e.failure()).isEqualTo(new Failure.RequestIdReused()));

    fixture.clock().advance(MICROSECOND);
    if (isReopened) {
      fixture.reopen();
    }
    assertThat(isReplay("Same", idle)).isFalse();
    assertThat(isReplay("Other", Fixture.request(KEY, 2))).isFalse();
    assertThat(isReplay("Other", Fixture.request(KEY, 2))).isTrue();
  }

  @Test
  void requestsWhoseKeysAreHalfTheSameAreTwo() throws SQLException {
    ChangeRequest first = request(KEY, 1);
    ChangeRequest second = request(KEY, 2);
    ChangeRequest third = request(KEY, 3);

    assertThat(isReplay("First", first)).isFalse();
    assertThat(isReplay("Second", second)).isFalse();
    assertThat(isReplay("Second", third)).isFalse();

    for (boolean isReopened : new boolean[] {false, true}) {
      if (isReopened) {
        fixture.reopen();
      }
      assertThat(isReplay("First", first)).isTrue();
      assertThat(isReplay("Second", second)).isTrue();
      assertThat(isReplay("Second", third)).isTrue();
      assertThat(isReplay("Second", request(KEY, 4 + (isReopened ? 1 : 0)))).isFalse();
    }
  }

  @Test
  void repetitionWithinOneTransactionIsOneToo() {
    ChangeRequest changing = request(KEY, 1);
    ChangeRequest idle = request(KEY + 1, 1);

    fixture
        .directory()
        .atomically(directory -> {
          assertThat(replayOf(directory, changing)).isFalse();
          assertThat(replayOf(directory, changing)).isTrue();
          assertThat(replayOf(directory, idle)).isFalse();
          assertThat(replayOf(directory, idle)).isTrue();
          return true;
        });

    assertThat(isReplay("Atomic", changing)).isTrue();
    assertThat(isReplay("Atomic", idle)).isTrue();
  }

  private static boolean replayOf(Directory directory, ChangeRequest request) {
    return directory
        .users()
        .update(CUSTOMER, Fixture.REF, named("Atomic"), new EntityTag.Any(), request)
        .isReplay();
  }

  /** The rows that follow are where those would be that were taken back. */
  @Test
  void whatWasTakenBackIsNotRemembered() {
    ChangeRequest changing = request(KEY, 1);
    ChangeRequest idle = request(KEY + 1, 1);
    long end = fixture.directory().changes().end(CUSTOMER).seq();
    IllegalStateException thrown = new IllegalStateException("Taken back");

    assertThatThrownBy(() ->
            fixture
                .directory()
                .atomically(directory -> {
                  replayOf(directory, changing);
                  replayOf(directory, idle);
                  throw thrown;
                }))
        .isSameAs(thrown);

    assertThat(fixture.directory().changes().end(CUSTOMER).seq()).isEqualTo(end);
    assertThat(replayOf(fixture.directory(), changing)).isFalse();
    assertThat(replayOf(fixture.directory(), idle)).isFalse();
    assertThat(fixture.directory().changes().end(CUSTOMER).seq()).isEqualTo(end + 1);
    assertThat(replayOf(fixture.directory(), changing)).isTrue();
    assertThat(replayOf(fixture.directory(), idle)).isTrue();
  }

  /** A start reads them page by page; the last page is a full one. */
  @Test
  @Tag("sqlite") // PostgreSQL's store has an index of them
  void startFindsEveryRequestOfTheDay() throws SQLException {
    int requests = 20_000;
    fixture.sql(
        "insert into unchanged_requests with recursive n(i) as"
            + " (select 1 union all select i + 1 from n where i < "
            + requests
            + ") select i, customer_id, x'"
            + USER.toString().replace("-", "")
            + "', 2, at, unhex(printf('%016x%016x', i + (1 << 40), i + (1 << 40))),"
            + " x'00000000000000000000000000000009' from n, (select * from journal where seq = 2)");

    fixture.reopen();

    for (long number : new long[] {1, 9_999, 10_000, 10_001, 19_999, requests}) {
      assertThat(isReplay("Any", Fixture.request(KEY + number, 9))).isTrue();
    }
    String name = fixture.user().displayName();
    assertThat(isReplay(name, Fixture.request(KEY + requests + 1, 9))).isFalse();
    assertThat(isReplay(name, Fixture.request(KEY + requests + 1, 9))).isTrue();
  }

  @Test
  @Tag("sqlite") // PostgreSQL's needs a round trip for each
  void whatIsTooOldToBeFoundGoesNowAndThen() throws SQLException {
    Replays replays = new Replays(fixture.clock(), Dialect.SQLITE, new byte[] {1});
    Replays.Replay replay = new Replays.Replay(CUSTOMER, USER.value(), 1);
    int every = 10_000;
    Path other = folder.resolve("other");
    assertThat(other.toFile().mkdir()).isTrue();
    try (TestStore store = TestStore.ofFile(other);
        Transactions transactions = store.transactions()) {
      remember(transactions, replays, replay, 0, 1);
      fixture.clock().advance(MICROSECOND);
      remember(transactions, replays, replay, 1, every - 1);
      fixture.clock().advance(Replays.WINDOW);
      assertThat(count(transactions)).isEqualTo(every - 1);

      remember(transactions, replays, replay, every - 1, every);
      assertThat(count(transactions)).isEqualTo(every - 1);

      fixture.clock().advance(Duration.ofDays(7));
      remember(transactions, replays, replay, every, 2 * every - 1);
      assertThat(count(transactions)).isEqualTo(2 * every - 2);
      remember(transactions, replays, replay, 2 * every - 1, 2 * every);
      assertThat(count(transactions)).isEqualTo(every);
    }
  }

  private static void remember(
      Transactions transactions, Replays replays, Replays.Replay replay, int from, int to) {
    transactions.write(
        CUSTOMER,
        session -> {
          for (int i = from; i < to; i++) {
            replays.rememberUnchanged(session, Fixture.request(i, 0), replay);
          }
          return true;
        });
  }

  private static long count(Transactions transactions) {
    return transactions.read(session ->
        session
            .one("select count(*) from unchanged_requests", none -> {}, row -> row.number(1))
            .orElseThrow());
  }
}
