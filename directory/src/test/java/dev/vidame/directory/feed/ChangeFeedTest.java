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
import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.journal.Fingerprint;
import dev.vidame.directory.journal.SealedEntry;
import dev.vidame.directory.storage.Dialect;
import dev.vidame.directory.users.EntityTag;
import dev.vidame.directory.users.Reverts;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
    while (waiter.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
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
}
