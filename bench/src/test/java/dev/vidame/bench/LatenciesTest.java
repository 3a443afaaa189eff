package dev.vidame.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  private static final long MILLI = 1_000_000;

  @Test
  void percentilesCountTheLatenciesOfAllThreads() {
    Latencies even = new Latencies();
    Latencies odd = new Latencies();
    for (int i = 10_000; i > 0; i--) {
      (i % 2 == 0 ? even : odd).add(i * MILLI);
    }

    Latencies.Sorted sorted = Latencies.sorted(List.of(even, odd));

    assertThat(sorted.count()).isEqualTo(10_000);
    assertThat(sorted.percentileMillis(50)).isEqualTo(5_000);
    assertThat(sorted.percentileMillis(99)).isEqualTo(9_900);
    assertThat(sorted.percentileMillis(100)).isEqualTo(10_000);
  }

  @Test
  void oneLatencyIsEveryPercentile() {
    Latencies only = new Latencies();
    only.add(7 * MILLI);

    Latencies.Sorted sorted = Latencies.sorted(List.of(only));

    assertThat(sorted.percentileMillis(0)).isEqualTo(7);
    assertThat(sorted.percentileMillis(99)).isEqualTo(7);
  }

  @Test
  void nothingHasNoPercentile() {
    Latencies.Sorted sorted = Latencies.sorted(List.of(new Latencies()));

    assertThatThrownBy(() -> sorted.percentileMillis(50)).isInstanceOf(BenchException.class);
  }
}
