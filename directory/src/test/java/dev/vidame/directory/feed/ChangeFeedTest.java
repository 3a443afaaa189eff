package dev.vidame.directory.feed;

import static dev.vidame.directory.Fixture.CUSTOMER;
import static dev.vidame.directory.Fixture.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidame.directory.Directory;
import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.Fixture;
import dev.vidame.directory.TestStore;
import dev.vidame.directory.feed.ChangeFeed.Slice;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.CommitBells;
import dev.vidame.directory.journal.CommitCounts;
import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.journal.FieldChange;
import dev.vidame.directory.journal.Fingerprint;
import dev.vidame.directory.journal.SealedEntry;
import dev.vidame.directory.storage.Dialect;
import dev.vidame.directory.storage.Transactions;
import dev.vidame.directory.users.EntityTag;
import dev.vidame.directory.users.Reverts;
import dev.vidame.harness.Until;
import dev.vidame.wire.CustomerId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ChangeFeedTest {
  private static final Duration LONG = Duration.ofSeconds(50);

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

  private ChangeFeed feed() {
    return fixture.directory().changes();
  }

  @Test
  void readsBehindAPlaceUpToTheLimit() {
    fixture.update(Fixture.named("One"));
    fixture.update(Fixture.named("Two"));

    Slice first = feed().read(CUSTOMER, Place.START, 3);
    Slice second = feed().read(CUSTOMER, first.end(), 3);

    assertThat(first.rows()).hasSize(3);
    assertThat(first.hasMore()).isTrue();
    assertThat(second.rows()).hasSize(1);
    assertThat(second.hasMore()).isFalse();
    assertThat(second.end()).isEqualTo(feed().end(CUSTOMER));
    assertThat(feed().read(CUSTOMER, second.end(), 3))
        .isEqualTo(new Slice(List.of(), second.end(), false));
  }

  @Test
  void placeThatIsNotThereIsRefused() {
    Place end = feed().end(CUSTOMER);

    assertThatThrownBy(() -> feed().read(CUSTOMER, new Place(end.seq() + 1, end.mark()), 1))
        .isInstanceOfSatisfying(
            DirectoryException.class,
            e -> assertThat(e.failure()).isEqualTo(new Failure.NoSuchPlace(true)));
    assertThatThrownBy(() -> feed().read(CUSTOMER, new Place(end.seq() - 1, end.mark()), 1))
        .isInstanceOfSatisfying(
            DirectoryException.class,
            e -> assertThat(e.failure()).isEqualTo(new Failure.NoSuchPlace(false)));
  }

  @Test
  void waiterIsWokenByACommitAndByTheClose() throws InterruptedException, ExecutionException {
    Place end = feed().end(CUSTOMER);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CountDownLatch begun = new CountDownLatch(1);
      Future<Slice> woken =
          threads.submit(() -> {
            begun.countDown();
            return feed().await(CUSTOMER, end, 10, LONG);
          });
      begun.await();
      fixture.update(Fixture.named("Woken"));
      assertThat(woken.get().rows()).hasSize(1);

      ChangeFeed feed = feed();
      Place later = woken.get().end();
      Future<Slice> closed = threads.submit(() -> feed.await(CUSTOMER, later, 10, LONG));
      feed.close();
      assertThat(closed.get().rows()).isEmpty();
      assertThat(closed.get().end()).isEqualTo(later);
    }
  }

  @Test
  void interruptedWaiterIsToldNothingAndStaysInterrupted() throws InterruptedException {
    Place end = feed().end(CUSTOMER);
    boolean[] wasInterrupted = new boolean[1];
    Thread waiter =
        Thread.ofVirtual()
            .start(() -> {
              Slice slice = feed().await(CUSTOMER, end, 10, LONG);
              wasInterrupted[0] = Thread.currentThread().isInterrupted() && slice.rows().isEmpty();
            });
    Until.met(() -> waiter.getState() == Thread.State.TIMED_WAITING);
    waiter.interrupt();
    waiter.join();

    assertThat(wasInterrupted[0]).isTrue();
  }

  @Test
  @Tag("postgresql") // SQLite's store has one process
  void whatAnotherProcessCommitsIsToldToo() throws Exception {
    Place end = feed().end(CUSTOMER);
    try (Directory other = fixture.store().open(Directory.Options.standard());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Slice> woken = threads.submit(() -> feed().await(CUSTOMER, end, 10, LONG));
      long start = System.nanoTime();
      other
          .users()
          .update(
              CUSTOMER,
              Fixture.REF,
              Fixture.named("Theirs"),
              new EntityTag.Any(),
              Fixture.request());

      assertThat(woken.get().rows()).hasSize(1);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }
  }

  /** Whoever reads the journal must not be able to try passwords against it. */
  @Test
  void whatIsKeptOfABodyIsNotItsHash() {
    Fingerprint ofBody = new Fingerprint(4, 5);
    ChangeRequest request =
        new ChangeRequest(
            Fixture.request().actor(),
            Fixture.request().requestId(),
            Fixture.request().correlationId(),
            new Fingerprint(77, 78),
            ofBody);
    fixture.update(Fixture.named("Kept"), new EntityTag.Any(), request);

    Entry kept = fixture.directory().journal(CUSTOMER, 0, 100).getLast();

    assertThat(kept.request().bodyHash()).isNotEqualTo(ofBody);
    assertThat(fixture.update(Fixture.named("Kept"), new EntityTag.Any(), request).isReplay())
        .isTrue();
    ChangeRequest other =
        new ChangeRequest(
            request.actor(),
            request.requestId(),
            request.correlationId(),
            request.key(),
            new Fingerprint(4, 6));
    assertThatThrownBy(() -> fixture.update(Fixture.named("Other"), new EntityTag.Any(), other))
        .isInstanceOfSatisfying(
            DirectoryException.class,
            e -> assertThat(e.failure()).isEqualTo(new Failure.RequestIdReused()));
  }

  @Test
  void repetitionOfARequestThatWasKeptOpenlyIsStillOne() throws SQLException {
    ChangeRequest request = Fixture.request(424_242, 9);
    fixture.update(Fixture.named("Openly"), new EntityTag.Any(), request);
    String open = "00000000000000000000000000000009";
    String literal =
        TestStore.dialect() == Dialect.SQLITE ? "x'" + open + "'" : "decode('" + open + "', 'hex')";
    fixture.sql(
        "update journal set body_hash = "
            + literal
            + " where seq = "
            + feed().end(CUSTOMER).seq()
            + " and customer_id = "
            + fixture.store().literal(CUSTOMER.value()));

    assertThat(fixture.update(Fixture.named("Openly"), new EntityTag.Any(), request).isReplay())
        .isTrue();
  }

  @Test
  void erasedRowIsToldAsSuchAndBreaksNothing() throws SQLException {
    fixture.update(Fixture.named("Personal"));
    Place before = new Place(0, new byte[Place.MARK_BYTES]);
    long erased = feed().end(CUSTOMER).seq();
    fixture.update(Fixture.named("Later"));
    String none = TestStore.dialect() == Dialect.SQLITE ? "x''" : "''";
    fixture.sql(
        "update journal set changes = '', salt = "
            + none
            + " where seq = "
            + erased
            + " and customer_id = "
            + fixture.store().literal(CUSTOMER.value()));

    SealedEntry row = feed().read(CUSTOMER, before, 100).rows().get((int) erased - 1).row();

    assertThat(row.isErased()).isTrue();
    assertThat(row.entry().changes()).isEmpty();
    assertThat(fixture.directory().verifyJournal(CUSTOMER).fault()).isEmpty();
    assertThatThrownBy(() ->
            fixture
                .directory()
                .reverts()
                .revert(
                    CUSTOMER,
                    Fixture.REF,
                    new Reverts.ToSeq(erased - 1),
                    new Reverts.Terms(new EntityTag.Any(), null, true, true),
                    Fixture.request()))
        .isInstanceOf(DirectoryException.class);
    assertThat(fixture.directory().users().passwordHash(CUSTOMER, USER)).isPresent();
  }

  @Test
  void asManyRowsAsAreWantedAreNoMore() {
    Place end = feed().end(CUSTOMER);
    CustomerId nobody = new CustomerId(new UUID(1, 1));

    assertThat(feed().read(CUSTOMER, Place.START, 2).hasMore()).isFalse();
    assertThat(feed().read(CUSTOMER, Place.START, 1).hasMore()).isTrue();
    fixture.update(Fixture.named("One"));
    assertThat(feed().read(CUSTOMER, end, 1).hasMore()).isFalse();
    fixture.update(Fixture.named("Two"));
    assertThat(feed().read(CUSTOMER, end, 1).hasMore()).isTrue();
    Slice slice = feed().read(CUSTOMER, end, 2);
    assertThat(slice.hasMore()).isFalse();
    assertThat(slice.rows()).extracting(ChangeFeed.Row::place).last().isEqualTo(slice.end());
    assertThat(slice.rows().getFirst()).hasToString("SealedEntry[" + CUSTOMER + " 3]");
    assertThat(slice.rows().getLast().previousHash())
        .isEqualTo(slice.rows().getFirst().row().hash());
    assertThat(feed().end(nobody)).isEqualTo(Place.START);
    assertThat(feed().read(nobody, Place.START, 1))
        .isEqualTo(new Slice(List.of(), Place.START, false));
  }

  @Test
  void rowOfAnotherHistoryIsNoPlace() {
    Place end = feed().end(CUSTOMER);
    byte[] mark = end.mark().clone();
    mark[Place.MARK_BYTES - 1] ^= 1;

    assertThatThrownBy(() -> feed().read(CUSTOMER, new Place(end.seq(), mark), 1))
        .isInstanceOfSatisfying(
            DirectoryException.class,
            e -> assertThat(e.failure()).isEqualTo(new Failure.NoSuchPlace(false)));
  }

  @Test
  void placeIsKnownByItsRowAndItsMark() {
    byte[] hash = "a hash of as many as 32 bytes ..".getBytes(StandardCharsets.US_ASCII);
    Place place = Place.behind(7, hash);
    Place same = new Place(7, Arrays.copyOf(hash, Place.MARK_BYTES));

    assertThat(place).isEqualTo(same).hasSameHashCodeAs(same).hasToString("Place[7]");
    assertThat(place).isNotEqualTo(new Place(8, same.mark())).isNotEqualTo(same.mark());
    assertThat(place).isNotEqualTo(new Place(7, Place.START.mark()));
    assertThat(Stream.of(place, new Place(8, same.mark()), new Place(7, Place.START.mark())))
        .extracting(Place::hashCode)
        .doesNotHaveDuplicates();
    assertThat(place.isBehind(Arrays.copyOf(same.mark(), 32))).isTrue();
    assertThat(place.isBehind(new byte[32])).isFalse();
  }

  @Test
  void countGrowsWithEachChangeWhereNobodyElseChanges() {
    OptionalLong before = feed().count(CUSTOMER);

    fixture.update(Fixture.named("One"));

    if (TestStore.dialect() == Dialect.SQLITE) {
      assertThat(feed().count(CUSTOMER)).hasValue(before.orElseThrow() + 1);
    } else {
      assertThat(feed().count(CUSTOMER)).isEmpty();
    }
  }

  @Test
  void nobodyWaitsWithoutNeed() throws SQLException {
    CommitBells bells = new CommitBells();
    Place end = feed().end(CUSTOMER);
    try (Transactions transactions = fixture.store().transactions()) {
      ChangeFeed feed = new ChangeFeed(transactions, bells, new CommitCounts());
      assertThat(feed.await(CUSTOMER, Place.START, 10, LONG).rows()).hasSize(2);
      assertThat(feed.await(CUSTOMER, end, 10, Duration.ZERO).rows()).isEmpty();
      assertThatThrownBy(() -> feed.await(CUSTOMER, new Place(9, end.mark()), 10, LONG))
          .isInstanceOf(DirectoryException.class);

      feed.close();

      assertThat(feed.await(CUSTOMER, end, 10, LONG)).isEqualTo(new Slice(List.of(), end, false));
      assertThat(bells.isQuiet()).isTrue();
    }
  }

  @Test
  void rowOfOneOfManyRequestsSaysSo() {
    fixture.update(Fixture.named("Many"), new EntityTag.Any(), Fixture.request().asOneOfMany(201));

    Entry row = fixture.directory().journal(CUSTOMER, 0, 100).getLast();

    assertThat(row.changes())
        .containsExactly(
            new FieldChange("displayName", "Display emailid", "Many"),
            new FieldChange(FieldChange.MASS, null, "201"));
    assertThat(row.request().ofMany()).isZero();
    assertThat(fixture.directory().verifyJournal(CUSTOMER).isIntact()).isTrue();
  }
}
