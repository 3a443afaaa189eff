package dev.vidame.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.bench.Starts.Start;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked of starts. */
class StartsTest {
  @ParameterizedTest
  @CsvSource({
    "500, 1200, true",
    "500.1, 1200, false",
    "500, 1200.1, false",
  })
  void startIsHeldToItsFigures(double withCache, double withoutCache, boolean isReached) {
    Findings findings = new Findings();

    new Starts(List.of(new Start(withCache, 50)), List.of(new Start(withoutCache, 50)))
        .judge(findings);

    assertThat(findings.areReached()).isEqualTo(isReached);
  }

  @Test
  void oneSlowStartDecidesNothingAndIsTold() {
    Starts starts =
        new Starts(
            List.of(new Start(3_000, 2_500), new Start(400, 60), new Start(420, 50)),
            List.of(new Start(1_000, 70), new Start(1_100, 40), new Start(900, 55)));
    Findings findings = new Findings();

    starts.judge(findings);
    starts.tellMore(findings);

    assertThat(findings.areReached()).isTrue();
    assertThat(findings.json())
        .hasToString(
            "{\"start_ms\": 420.000, \"start_cold_ms\": 1000.000,"
                + " \"start_fastest_ms\": 400.0, \"start_slowest_ms\": 3000.0,"
                + " \"start_launcher_ms\": 60.0, \"start_java_ms\": 370.0,"
                + " \"start_cold_fastest_ms\": 900.0, \"start_cold_slowest_ms\": 1100.0,"
                + " \"start_cold_launcher_ms\": 55.0, \"start_cold_java_ms\": 930.0}");
  }
}
