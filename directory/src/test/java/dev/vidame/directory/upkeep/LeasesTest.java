package dev.vidame.directory.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.MutableClock;
import dev.vidame.directory.TestStore;
import dev.vidame.directory.Together;
import dev.vidame.directory.storage.Dialect;
import dev.vidame.directory.storage.Transactions;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one of several is to do, one of them does, and another when that one has gone. */
class LeasesTest {
  private static final String NAME = "purge";
  private static final Duration TIME = Duration.ofMinutes(30);
  private static final Duration INSTANT = Duration.ofMillis(1);
  private static final int ASKERS = 8;
  private static final int ANOTHER = 1_000;

  @TempDir private Path folder;
  private final MutableClock clock = new MutableClock(Instant.parse("2026-06-01T12:00:00Z"));
  private TestStore store;
  private List<Transactions> processes;

  /** A server's store is open twice, as two processes have it; a file is one process's. */
  @BeforeEach
  void open() throws SQLException {
    store = TestStore.in(folder);
    processes =
        TestStore.dialect() == Dialect.POSTGRESQL
            ? List.of(store.transactions(), store.transactions())
            : List.of(store.transactions());
  }

  @AfterEach
  void close() {
    processes.forEach(Transactions::close);
    store.close();
  }

  private boolean take(int holder) {
    return take(NAME, holder);
  }

  private boolean take(String name, int holder) {
    Transactions own = processes.get(holder % processes.size());
    return new Leases(own, clock).take(name, new UUID(0, holder), TIME);
  }

  private List<Integer> holdersAmongAll(int first) throws Exception {
    List<Boolean> taken = Together.run(ASKERS, id -> () -> take(first + id));
    return IntStream.range(0, ASKERS).filter(taken::get).mapToObj(id -> first + id).toList();
  }

  @Test
  void oneOfEightThatAskAtOnceHasIt() throws Exception {
    for (int round = 0; round < 10; round++) {
      List<Integer> holders = holdersAmongAll(ASKERS * round);

      assertThat(holders).hasSize(1);
      assertThat(take(holders.getFirst())).isTrue();
      assertThat(take(ANOTHER)).isFalse();
      clock.advance(TIME); // so that nobody has it in the next round
    }
  }

  @Test
  void whoHasItPutsItsEndOff() {
    assertThat(take(1)).isTrue();
    clock.advance(TIME.minus(INSTANT));

    assertThat(take(1)).isTrue();

    clock.advance(TIME.minus(INSTANT));
    assertThat(take(2)).isFalse();
  }

  @Test
  void anotherTakesItWhenItsTimeIsOverAndNotBefore() {
    assertThat(take(1)).isTrue();

    clock.advance(TIME.minus(INSTANT));
    assertThat(take(2)).isFalse();
    clock.advance(INSTANT);
    assertThat(take(2)).isTrue();

    assertThat(take(1)).isFalse();
  }

  /** Asking in vain must not put off somebody else's end. */
  @Test
  void whoAsksInVainChangesNothing() {
    assertThat(take(1)).isTrue();
    clock.advance(TIME.minus(INSTANT));
    assertThat(take(2)).isFalse();
    clock.advance(INSTANT);

    assertThat(take(3)).isTrue();
  }

  @Test
  void eachNameHasItsOwnHolder() {
    assertThat(take("purge", 1)).isTrue();
    assertThat(take("another", 2)).isTrue();

    assertThat(take("purge", 2)).isFalse();
    assertThat(take("another", 1)).isFalse();
  }
}
