package dev.vidame.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

  @Test
  void secondsAreRead() {
    assertThat(RetryAfter.read("57", null, NOON)).isEqualTo(Duration.ofSeconds(57));
    assertThat(RetryAfter.read(" 0 ", null, NOON)).isEqualTo(Duration.ZERO);
  }

  @Test
  void absurdNumberIsForEver() {
    assertThat(RetryAfter.read("99999999999999999999", null, NOON))
        .isGreaterThan(Duration.ofDays(365));
  }

  @Test
  void dateIsMeasuredAgainstTheAnswersDateElseTheClock() {
    String until = "Sun, 01 Mar 2026 12:00:30 GMT";

    assertThat(RetryAfter.read(until, null, NOON)).isEqualTo(Duration.ofSeconds(30));
    assertThat(RetryAfter.read(until, "Sun, 01 Mar 2026 12:00:10 GMT", NOON))
        .isEqualTo(Duration.ofSeconds(20));
    assertThat(RetryAfter.read(until, "June 24 2016 22:00:25 PST", NOON))
        .isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void dateThatHasPassedIsNow() {
    assertThat(RetryAfter.read("Sun, 01 Mar 2026 11:00:00 GMT", null, NOON))
        .isEqualTo(Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "-5", "1.5", "soon", "Sun, 99 Mar 2026 12:00:30 GMT"})
  void nonsenseIsNothing(String header) {
    assertThat(RetryAfter.read(header, null, NOON)).isNull();
  }

  @Test
  void absenceIsNothing() {
    assertThat(RetryAfter.read(null, null, NOON)).isNull();
  }
}
