package dev.vidame.directory.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.wire.CustomerId;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommitCountsTest {
  /** Ids differ in their last bits, or in those of one half of their hash only. */
  @ParameterizedTest
  @ValueSource(longs = {1, 1L << 16})
  void customersHaveCountersOfTheirOwnAsFarAsTheyGo(long step) {
    CommitCounts counts = new CommitCounts();
    List<CustomerId> customers =
        LongStream.range(0, 4_096).mapToObj(i -> new CustomerId(new UUID(0, i * step))).toList();

    for (CustomerId customer : customers) {
      assertThat(counts.of(customer)).isZero();
      counts.count(customer);
      assertThat(counts.of(customer)).isEqualTo(1);
    }
    counts.count(customers.getFirst());
    assertThat(counts.of(customers.getFirst())).isEqualTo(2);
    assertThat(counts.of(customers.getLast())).isEqualTo(1);
  }
}
