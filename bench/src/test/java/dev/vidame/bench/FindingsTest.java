package dev.vidame.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FindingsTest {
  @Test
  void figuresAtTheirBoundsAreReached() {
    Findings findings = new Findings();

    findings.atLeast("tokens", "tokens_per_s", 20_000, 20_000);
    findings.atMost("p99 ratio", "p99_ratio", 2, 2);

    assertThat(findings.areReached()).isTrue();
    assertThat(findings.table()).contains("ok").doesNotContain("MISSED");
    assertThat(findings.json()).hasToString("{\"tokens_per_s\": 20000.000, \"p99_ratio\": 2.000}");
  }

  @Test
  void oneMissedFigureIsNotMendedByTheNext() {
    Findings findings = new Findings();

    findings.atMost("p99 ratio", "p99_ratio", 2.01, 2);
    findings.atLeast("tokens", "tokens_per_s", 20_000, 20_000);

    assertThat(findings.areReached()).isFalse();
    assertThat(findings.table().lines().filter(line -> line.contains("MISSED"))).hasSize(1);
  }

  /** A ratio to nothing. */
  @Test
  void whatIsNoNumberIsMissed() {
    Findings findings = new Findings();

    findings.atMost("p99 ratio", "p99_ratio", Double.POSITIVE_INFINITY, 2);

    assertThat(findings.areReached()).isFalse();
    assertThat(findings.json()).hasToString("{\"p99_ratio\": null}");
  }
}
