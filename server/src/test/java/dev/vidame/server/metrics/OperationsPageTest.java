package dev.vidame.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/operations.md} lists every metric that a running server serves, and no other. */
class OperationsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "operations.md");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(\\w+)` \\| (\\w+) \\| ([^|]*) \\| ([^|]+) \\|$");
  private static final Pattern CONVENTION =
      Pattern.compile("(vidame|jvm)_[a-z][a-z0-9]*(_[a-z0-9]+)*");

  @TempDir private Path folder;

  @Test
  void tableIsWhatIsServed() throws IOException {
    List<String> served = new ArrayList<>();
    ServedMetrics.of(folder)
        .families()
        .forEach((name, family) ->
            served.add(name + " " + family.type() + " " + String.join(", ", family.labels())));
    List<String> listed =
        ROW.matcher(Files.readString(PAGE))
            .results()
            .map(row ->
                row.group(1) + " " + row.group(2) + " " + row.group(3).replace("`", "").strip())
            .toList();

    assertThat(listed).containsExactlyInAnyOrderElementsOf(served).hasSizeGreaterThan(25);
  }

  @Test
  void namesAreAsPrometheusWantsThemAndLabelsHoldNothingOfStrangers() throws IOException {
    ServedMetrics.of(folder)
        .families()
        .forEach((name, family) -> {
          assertThat(name).matches(CONVENTION);
          assertThat(name.endsWith("_total")).as(name).isEqualTo(family.type().equals("counter"));
          assertThat(family.values())
              .as(name)
              .noneMatch(value -> value.matches(".*[0-9a-f]{8}-[0-9a-f]{4}-.*|.*nothing.*"));
          assertThat(family.values().size()).as(name).isLessThan(100);
        });
  }

  @Test
  void refusalsAreCountedByTheLimitThatTheyMet() throws IOException {
    ServedMetrics.Family limited =
        ServedMetrics.of(folder).families().get("vidame_rate_limited_requests_total");

    assertThat(Objects.requireNonNull(limited).values())
        .contains("limit=\"partner\"", "limit=\"deletions\"", "operation=\"delete_user\"");
  }
}
