package dev.vidame.directory.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.MutableClock;
import dev.vidame.directory.TestStore;
import dev.vidame.directory.storage.Transactions;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Positions are made without asking the store, so any store does here. */
class EndsInStoreTest {
  private static final int ONE = 4_096;
  private static final long MICROS_OF_START = 1_000_000;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "0001-01-01T00:00:00Z, 0",
    "1969-12-31T23:59:59.999999Z, 0",
    "1970-01-01T00:00:00Z, 0",
    "1970-01-01T00:00:00.000001Z, 4096",
    "1970-01-01T00:00:00.000002999Z, 8192",
    "9999-12-31T23:59:59Z, 9223372036854771712"
  })
  void positionIsTheMomentAsFarAsItGoes(Instant moment, long position) {
    assertThat(Journal.positionOf(moment)).isEqualTo(position);
  }

  @Test
  void positionsGrowWhateverTheClockDoes() throws SQLException {
    MutableClock clock = new MutableClock(Instant.EPOCH.plusSeconds(1));
    EndsInStore ends = new EndsInStore(clock);
    try (TestStore store = TestStore.in(folder);
        Transactions transactions = store.transactions()) {
      transactions.read(session -> {
        long first = ends.nextPosition(session);
        long ofProcess = first % ONE;
        assertThat(first).isEqualTo(MICROS_OF_START * ONE + ofProcess);
        assertThat(ends.nextPosition(session)).isEqualTo(first + ONE);
        clock.advance(Duration.ofMillis(-500));
        assertThat(ends.lastPosition(session)).isEqualTo(first + 2 * ONE);
        clock.advance(Duration.ofSeconds(1));
        assertThat(ends.nextPosition(session))
            .isEqualTo((MICROS_OF_START + 500_000) * ONE + ofProcess);
        return true;
      });
    }
  }
}
