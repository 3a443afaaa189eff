package dev.vidame.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private final StringWriter text = new StringWriter();
  private final AtomicLong nanos = new AtomicLong(Duration.ofHours(1).toNanos());

  private ProgressLine line(boolean isTerminal) {
    return new ProgressLine(new PrintWriter(text), isTerminal, nanos::get);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void terminalShowsABarWithRateAndTimeLeft() {
    ProgressLine line = line(true);

    line.at("Copying users", 0, 10_000);
    pass(Duration.ofSeconds(2));
    line.at("Copying users", 2_500, 10_000);
    line.end();

    assertThat(text.toString())
        .startsWith("\r[........................]   0 %  Copying users")
        .contains("\r[######..................]  25 %  Copying users  1,250/s  0:06 left")
        .doesNotContain("\n")
        .endsWith(" \r");
  }

  @Test
  void elsewhereThereIsALineForEachStepAndOneNowAndThen() {
    ProgressLine line = line(false);

    line.at("Copying users", 0, 100);
    pass(Duration.ofSeconds(1));
    line.at("Copying users", 50, 100);
    pass(Duration.ofSeconds(10));
    line.at("Copying users", 55, 100);
    line.at("Copying journal", 60, 100);
    line.end();

    assertThat(text.toString().lines())
        .containsExactly(
            "  0 %  Copying users",
            " 55 %  Copying users  5/s  0:09 left", " 60 %  Copying journal  5/s  0:07 left");
    assertThat(text.toString()).doesNotContain("\r");
  }

  /** What was copied before it was interrupted says nothing about how fast it is now. */
  @Test
  void rateIsOfThisRunOnly() {
    ProgressLine line = line(true);

    line.at("Copying users", 9_000, 10_000);
    pass(Duration.ofSeconds(10));
    line.at("Copying users", 9_100, 10_000);

    assertThat(text.toString()).contains("10/s  1:30 left");
  }

  @Test
  void nothingToDoIsDone() {
    line(true).at("Copying", 0, 0);

    assertThat(text.toString()).contains("100 %");
  }
}
