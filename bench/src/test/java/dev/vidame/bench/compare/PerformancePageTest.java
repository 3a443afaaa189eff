package dev.vidame.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidame.bench.BenchException;
import dev.vidame.bench.Machine;
import dev.vidame.bench.Rate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class PerformancePageTest {
  private static final String PAGE =
      "# Performance\n\nBefore.\n\n%s\nold figures\n%s\n\nAfter.\n"
          .formatted(PerformancePage.BEGIN, PerformancePage.END);

  @TempDir private Path folder;

  @Test
  void onlyWhatIsBetweenTheMarksIsReplaced() {
    String replaced = PerformancePage.replaced(PAGE, "new figures\n\n");

    assertThat(replaced).isEqualTo(PAGE.replace("old figures", "new figures"));
  }

  @Test
  void pageWithoutMarksIsLeftAlone() {
    assertThatThrownBy(() -> PerformancePage.replaced("# Performance\n", "new"))
        .isInstanceOf(BenchException.class)
        .hasMessageContaining(PerformancePage.BEGIN);
  }

  @Test
  void pageOfTheProjectHasTheMarks() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "performance.md"));

    assertThat(PerformancePage.replaced(page, "new figures"))
        .contains("new figures")
        .contains(PerformancePage.BEGIN)
        .contains(PerformancePage.END);
  }

  @Test
  void figuresStandBesideWhatTheyWereMeasuredOn() throws Exception {
    Files.writeString(folder.resolve("performance.md"), PAGE);
    Results results = new Results();
    results.expect(Judgement.SQLITE, "Vidame on SQLite");
    results.expect(Judgement.KEYCLOAK, "Keycloak on PostgreSQL");
    results.version("SQLite 3.54");
    results.version("Keycloak 26.7, PostgreSQL 18.4");
    results.add(Judgement.SQLITE, Operation.CHANGE, new Rate(1, 12_345, 1.5, 9.25, 10));
    results.add(Judgement.KEYCLOAK, Operation.CHANGE, new Rate(1, 1_000, 20, 90, 100));

    new PerformancePage(folder)
        .write(
            results,
            Judgement.of(results),
            new PerformancePage.Circumstances(
                new Machine(2, "A processor", "6.1", "25", "ext4", "abc1234"),
                LocalDate.of(2026, 1, 2),
                new Plan(10_000, 1, 64, 3, 15, 10)));

    assertThat(Files.readString(folder.resolve("performance.md")))
        .contains(
            "2026-01-02",
            "A processor",
            "commit abc1234",
            "10000 users, 64 connections",
            "With SQLite 3.54, Keycloak 26.7, PostgreSQL 18.4.")
        .contains("| change one user | Vidame on SQLite | 12,345 | 1.50 | 9.25 | 12.3 |")
        .contains("MISSED")
        .contains("(performance-change-per-second.svg)")
        .doesNotContain("old figures");
    requirePicture("performance-change-per-second.svg", "Vidame on SQLite: 12,345");
    requirePicture("performance-change-p99.svg", "Keycloak on PostgreSQL: 90.0 ms");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(3);
    }
  }

  private void requirePicture(String name, String legend) throws Exception {
    DocumentBuilderFactory parsers = DocumentBuilderFactory.newDefaultInstance();
    parsers.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    Document picture = parsers.newDocumentBuilder().parse(folder.resolve(name).toFile());

    assertThat(picture.getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(picture.getDocumentElement().getTextContent()).contains(legend, "change one user");
    assertThat(picture.getElementsByTagName("path").getLength()).isPositive();
  }
}
