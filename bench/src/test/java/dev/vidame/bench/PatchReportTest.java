package dev.vidame.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the product is to reach. */
class PatchReportTest {
  private static final Pattern NAME = Pattern.compile("\"(\\w+)\":");

  private static PatchReport report(
      double gets, double pacedP99, double megabytes, double startMillis) {
    Starts starts =
        new Starts(
            List.of(new Starts.Start(startMillis, 50)), List.of(new Starts.Start(1_200, 50)));
    PacedLoad.Result paced =
        new PacedLoad.Result(new Rate(30_000, 3_000, 2, pacedP99, pacedP99), 0.2);
    return new PatchReport(
        new Alone(new Rate(1, 50_000, 1, 2, 3), 100),
        new Alone(new Rate(1, 20_000, 1, 2, 3), 100),
        new PatchReport.Whole(
            new Rate(1, 11_000, 1, 2, 3), new Rate(1, gets, 1, 2, 3), paced, megabytes, 200),
        starts);
  }

  @Test
  void figuresAtTheirBoundsAreReached() {
    PatchReport report = report(35_000, 15, 320, 500);

    assertThat(report.isReached()).isTrue();
    assertThat(report.table(3_000)).contains("ok").doesNotContain("MISSED");
  }

  @ParameterizedTest
  @CsvSource({
    "34_999, 15, 320, 500, GET per second",
    "35_000, 15.1, 320, 500, p99 at the pace",
    "35_000, 15, 321, 500, RSS at its peak",
    "35_000, 15, 320, 501, 'first 200, AOT cache'",
  })
  void oneMissedFigureIsTold(
      String gets, double pacedP99, double megabytes, double startMillis, String name) {
    PatchReport report =
        report(Double.parseDouble(gets.replace("_", "")), pacedP99, megabytes, startMillis);

    assertThat(report.isReached()).isFalse();
    assertThat(report.table(3_000).lines().filter(line -> line.contains("MISSED")))
        .singleElement()
        .asString()
        .startsWith("  " + name);
  }

  /** What programs read; each once. */
  @Test
  void figuresKeepTheirNames() {
    assertThat(NAME.matcher(report(35_000, 15, 320, 500).json().toString()).results())
        .extracting(name -> name.group(1))
        .containsExactlyInAnyOrder(
            "patch_per_s",
            "get_per_s",
            "store_per_s",
            "http_per_s",
            "patch_to_store",
            "p50_ms",
            "p99_ms",
            "paced_p50_ms",
            "paced_p99_ms",
            "paced_per_s",
            "get_p50_ms",
            "get_p99_ms",
            "store_p50_ms",
            "store_p99_ms",
            "http_p50_ms",
            "http_p99_ms",
            "rss_mb",
            "rss_after_mb",
            "start_ms",
            "start_cold_ms",
            "paced_client_cores");
  }
}
