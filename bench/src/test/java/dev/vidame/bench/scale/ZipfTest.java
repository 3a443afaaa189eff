package dev.vidame.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class ZipfTest {
  @Test
  void withoutSkewAllCustomersAreOfOneSize() {
    assertThat(Zipf.divide(100, 4, 0)).containsExactly(25, 25, 25, 25);
  }

  /**
   * 12, 6, 4 and 3 parts of the 69 users that are left when each customer has one: 33, 17, 11, 8.
   */
  @Test
  void largerSkewDividesAsTheLawSays() {
    assertThat(Zipf.divide(73, 4, 1)).containsExactly(34, 18, 12, 9);
    assertThat(Arrays.stream(Zipf.divide(73, 4, 1)).sum()).isEqualTo(73);
  }

  @Test
  void everybodyIsPlacedAndNobodyIsEmpty() {
    long[] sizes = Zipf.divide(1_000_000, 300_000, 1.1);

    assertThat(Arrays.stream(sizes).sum()).isEqualTo(1_000_000);
    assertThat(Arrays.stream(sizes).min()).hasValue(1);
  }

  @Test
  void largestHasItsShareOfTheHarmonicSum() {
    long[] sizes = Zipf.divide(1_000_000_000, 100_000, 1);

    double harmonic = 12.0901461298634; // of 100 000
    assertThat((double) sizes[0]).isCloseTo(1e9 / harmonic, Percentage.withPercentage(0.1));
    assertThat((double) sizes[0] / sizes[9]).isCloseTo(10, Percentage.withPercentage(0.1));
  }
}
