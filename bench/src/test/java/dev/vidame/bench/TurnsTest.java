package dev.vidame.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {
  @Test
  void whoComesFirstChangesFromRoundToRound() throws IOException {
    List<String> order = new ArrayList<>();

    Turns.run(3, () -> noted(order, "a", 1), () -> noted(order, "b", 1));

    assertThat(order).containsExactly("a", "b", "b", "a", "a", "b");
  }

  /**
   * The machine gets ten times as slow from round to round, and the second is always twice as slow.
   */
  @Test
  void ratioComparesWhatWasMeasuredInTheSameRound() throws IOException {
    List<String> order = new ArrayList<>();
    int[] slowness = {1, 1};

    Turns turns =
        Turns.run(
            3,
            () -> noted(order, "a", slowness[0] *= 10),
            () -> noted(order, "b", 2 * (slowness[1] *= 10)));

    assertThat(turns.ratio(Rate::p99Millis)).isEqualTo(2);
    assertThat(turns.first().p99Millis()).isEqualTo(100);
    assertThat(turns.second().p99Millis()).isEqualTo(200);
  }

  @Test
  void oneRoundOutOfLineDecidesNothing() throws IOException {
    assertThat(secondTaking(10, 500, 12).ratio(Rate::p99Millis)).isEqualTo(1.2);
  }

  /** Of 1.0, 1.1 and 1.2, whose standard deviation is 0.1. */
  @Test
  void whatChanceDoesToTheRatioIsTold() throws IOException {
    assertThat(secondTaking(10, 11, 12).ratioError(Rate::p99Millis))
        .isCloseTo(0.0724, within(0.0001));
  }

  /** Turns of which the first takes ten milliseconds each time, and the second these. */
  private static Turns secondTaking(double... millis) throws IOException {
    List<String> order = new ArrayList<>();
    int[] round = {0};
    return Turns.run(
        millis.length, () -> noted(order, "a", 10), () -> noted(order, "b", millis[round[0]++]));
  }

  private static Rate noted(List<String> order, String name, double p99Millis) {
    order.add(name);
    return new Rate(100, 100, p99Millis / 2, p99Millis, 2 * p99Millis);
  }
}
