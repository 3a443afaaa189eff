package dev.vidame.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BusiestTimeTest {
  private static final long SEED = 11;

  @Test
  void asManyComeAsAreExpected() {
    BusiestTime.Course course = new BusiestTime(SEED).run(new double[] {10, 1_000}, 5_000, 500);

    assertThat((double) course.changes()).isBetween(500_000.0, 510_000.0);
    assertThat(course.mostWaiting()).isZero();
    assertThat(course.p99Seconds()).isZero();
    assertThat(course.busiest()).isBetween(1_050L, 1_200L);
  }

  /** A hundred more each second than are done. */
  @Test
  void whatIsNotDoneWaits() {
    BusiestTime.Course course = new BusiestTime(SEED).run(new double[] {1_100}, 1_000, 100);

    assertThat((double) course.mostWaiting()).isBetween(8_500.0, 11_500.0);
    assertThat(course.p99Seconds()).isBetween(8.0, 11.5);
  }

  @Test
  void sameSeedGivesSameCourse() {
    double[] shards = {3, 700};

    assertThat(new BusiestTime(SEED).run(shards, 700, 60))
        .isEqualTo(new BusiestTime(SEED).run(shards, 700, 60))
        .isNotEqualTo(new BusiestTime(SEED + 1).run(shards, 700, 60));
  }
}
