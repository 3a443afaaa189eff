package dev.vidame.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked of the slowest changes, and of whose. */
class TailCommandTest {
  @ParameterizedTest
  @CsvSource({
    "thread:32000, 3000, 10.00, true",
    "thread:32000, 3000, 10.01, false",
    "thread:32000, 6000, 25.00, true",
    "thread:32000, 6000, 25.01, false",
  })
  void standardWayIsHeldToItsFigures(String way, int pace, double p99, boolean isReached) {
    Findings findings = judged(way, pace, p99);

    assertThat(findings.areReached()).isEqualTo(isReached);
    assertThat(findings.table()).contains(isReached ? "ok" : "MISSED");
  }

  @ParameterizedTest
  @CsvSource({"commit:1000, 4000", "thread:1000, 3000", "writer:250, 6000"})
  void otherWaysAndPacesAreMeasuredOnly(String way, int pace) {
    Findings findings = judged(way, pace, 1_000);

    assertThat(findings.areReached()).isTrue();
    assertThat(findings.table()).isEmpty();
  }

  private static Findings judged(String way, int pace, double p99) {
    Findings findings = new Findings();
    TailCommand.judge(findings, way, pace, new Rate(1_000, pace, 1, p99, 2_000));
    return findings;
  }
}
