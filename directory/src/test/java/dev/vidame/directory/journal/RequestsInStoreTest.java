package dev.vidame.directory.journal;

import static dev.vidame.directory.Fixture.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.Fixture;
import dev.vidame.directory.MutableClock;
import dev.vidame.directory.TestStore;
import dev.vidame.directory.journal.Replays.Found;
import dev.vidame.directory.journal.Replays.Replay;
import dev.vidame.directory.storage.Dialect;
import dev.vidame.directory.storage.OneTransaction;
import dev.vidame.directory.storage.Session;
import dev.vidame.directory.storage.Transactions;
import dev.vidame.wire.CustomerId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The statements need nothing of PostgreSQL but the index that tells a repetition. */
class RequestsInStoreTest {
  private static final CustomerId OTHER = new CustomerId(new UUID(5, 5));
  private static final Replay REPLAY = new Replay(CUSTOMER, new UUID(6, 6), 7);
  private static final Replay OF_OTHER = new Replay(OTHER, new UUID(6, 7), 8);

  @TempDir private Path folder;
  private TestStore store;
  private Transactions transactions;
  private final RequestsInStore requests = new RequestsInStore();
  private final MutableClock clock = new MutableClock(Instant.parse("2026-06-01T12:00:00Z"));

  @BeforeEach
  void open() throws SQLException {
    store = TestStore.in(folder);
    if (TestStore.dialect() == Dialect.SQLITE) {
      store.transactions().close(); // makes the tables
      try (Connection connection = store.connect();
          Statement statement = connection.createStatement()) {
        statement.execute(
            "create unique index once on unchanged_requests (customer_id, request_key)");
      }
    }
    transactions = store.transactions();
  }

  @AfterEach
  void close() {
    transactions.close();
    store.close();
  }

  private void remember(Session session, ChangeRequest request, Replay replay) throws SQLException {
    requests.rememberUnchanged(session, request, replay, clock.instant());
  }

  private void remember(ChangeRequest request, Replay replay) {
    transactions.write(
        replay.customer(),
        session -> {
          remember(session, request, replay);
          return true;
        });
  }

  /** A file's own lanes are not told to the session; those within a transaction are. */
  private Optional<Found> find(CustomerId customer, ChangeRequest request, Instant oldest) {
    return transactions.writeShared(session ->
        new OneTransaction(session)
            .write(customer, inLane -> requests.find(inLane, request.key(), oldest)));
  }

  @Test
  void requestIsFoundInItsLaneUntilItIsTooOld() {
    ChangeRequest request = Fixture.request(1, 2);
    Instant now = clock.instant();
    remember(request, REPLAY);

    assertThat(find(CUSTOMER, request, now))
        .contains(new Found(REPLAY, now, request.key(), request.bodyHash()));
    assertThat(find(CUSTOMER, request, now.plusNanos(1_000))).isEmpty();
    assertThat(find(OTHER, request, now)).isEmpty();
    assertThat(find(CUSTOMER, Fixture.request(2, 2), now)).isEmpty();
  }

  @Test
  void whereThereIsNoLaneItIsFoundAnywhere() {
    ChangeRequest request = Fixture.request(1, 2);
    Instant now = clock.instant();
    Found found = new Found(OF_OTHER, now, request.key(), request.bodyHash());
    remember(request, OF_OTHER);

    assertThat(findShared(request, now)).contains(found);
    assertThat(findShared(request, now.plusNanos(1_000))).isEmpty();
    Optional<Found> fromAnotherLane =
        transactions.write(CUSTOMER, session -> requests.findAnywhere(session, request.key(), now));
    assertThat(fromAnotherLane).contains(found);
  }

  private Optional<Found> findShared(ChangeRequest request, Instant oldest) {
    return transactions.writeShared(session -> requests.find(session, request.key(), oldest));
  }

  @Test
  void requestThatIsMadeAgainLaterIsTheLaterOne() {
    Instant now = clock.instant();
    remember(Fixture.request(1, 2), REPLAY);
    clock.advance(Duration.ofDays(2));
    ChangeRequest again = Fixture.request(1, 3);
    Replay later = new Replay(CUSTOMER, new UUID(6, 8), 9);
    remember(again, later);

    assertThat(find(CUSTOMER, again, now))
        .contains(new Found(later, clock.instant(), again.key(), again.bodyHash()));
  }

  @Test
  @Tag("sqlite") // each request is a round trip to a server
  void whatIsTooOldToBeFoundGoesNowAndThen() {
    int every = 10_000;
    remember(Fixture.request(0, 0), REPLAY);
    clock.advance(Duration.ofNanos(1_000));
    rememberAll(1, every - 1);
    clock.advance(Replays.WINDOW);
    assertThat(count()).isEqualTo(every - 1);

    rememberAll(every - 1, every);
    assertThat(count()).isEqualTo(every - 1);
  }

  private void rememberAll(int from, int to) {
    transactions.write(
        CUSTOMER,
        session -> {
          for (int i = from; i < to; i++) {
            remember(session, Fixture.request(i, 0), REPLAY);
          }
          return true;
        });
  }

  private long count() {
    return transactions.read(session ->
        session
            .one("select count(*) from unchanged_requests", none -> {}, row -> row.number(1))
            .orElseThrow());
  }
}
