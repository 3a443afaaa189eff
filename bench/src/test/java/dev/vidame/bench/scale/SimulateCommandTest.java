package dev.vidame.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SimulateCommandTest {
  private final PrintStream stdout = System.out;
  private final Locale locale = Locale.getDefault();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @BeforeEach
  void listen() {
    Locale.setDefault(Locale.ROOT);
    System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setOut(stdout);
    Locale.setDefault(locale);
  }

  /**
   * 86 400 000 users of one size, one change a day and five times as many at the peak: 5 000 a
   * second. Without reads and with storage for all, shards of 1 000 a second that are half used are
   * ten, and one more or two because chance does not fill them evenly.
   */
  @Test
  void knownDemandHasAKnownAnswer() {
    String json =
        run(
            "--users=86400000",
            "--customers=1000000",
            "--skew=0",
            "--changes=1",
            "--reads=0",
            "--shard-changes=1000",
            "--user-bytes=100",
            "--change-bytes=10",
            "--shard-gigabytes=100000",
            "--years=1",
            "--copies=2",
            "--server-requests=1000",
            "--server-connections=16",
            "--database-price=100",
            "--server-price=10",
            "--gigabyte-price=1",
            "--seconds=10");

    assertThat(json)
        .contains("\"changes_per_s\": 5000.0")
        .contains("\"shards\": 11,")
        .contains("\"databases\": 22,")
        .contains("\"servers\": 10,")
        .contains("\"connections\": 160,")
        .contains("\"accounts_gb\": 8.64,")
        .contains("\"journal_gb_per_year\": 315.36,")
        .contains("\"end_gb\": 324.00,")
        .contains("\"cost_per_month\": 2948,");
  }

  @Test
  void sameOptionsGiveTheSameAnswer() {
    String first = run("--users=1000000", "--customers=20000", "--seconds=20");
    written.reset();

    assertThat(run("--users=1000000", "--customers=20000", "--seconds=20")).isEqualTo(first);
  }

  private String run(String... options) {
    int code = new CommandLine(new SimulateCommand()).execute(options);

    assertThat(code).isZero();
    return written.toString(StandardCharsets.UTF_8).lines().toList().getLast();
  }
}
