package dev.vidame.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PlacementTest {
  private static final long SEED = 7;

  @Test
  void eachCustomerLiesWholeOnOneShard() {
    long[] customers = {1_000, 100, 10, 1};

    long[] users = new Placement(customers, SEED).users(3);

    assertThat(Arrays.stream(users).sum()).isEqualTo(1_111);
    assertThat(users).hasSize(3);
    assertThat(Arrays.stream(users).max().orElseThrow()).isGreaterThanOrEqualTo(1_000);
  }

  @Test
  void manyCustomersOfOneSizeSpreadEvenly() {
    long[] customers = new long[100_000];
    Arrays.fill(customers, 1);

    long[] users = new Placement(customers, SEED).users(10);

    assertThat(Arrays.stream(users)).allMatch(count -> count > 9_600 && count < 10_400);
  }

  @Test
  void sameSeedGivesSamePlaces() {
    long[] customers = Zipf.divide(10_000, 1_000, 1);

    assertThat(new Placement(customers, SEED).users(8))
        .containsExactly(new Placement(customers, SEED).users(8))
        .isNotEqualTo(new Placement(customers, SEED + 1).users(8));
  }
}
