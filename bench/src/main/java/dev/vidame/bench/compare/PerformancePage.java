package dev.vidame.bench.compare;

import dev.vidame.bench.BenchException;
import dev.vidame.bench.Findings;
import dev.vidame.bench.Machine;
import dev.vidame.bench.Rate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/** The measured part of {@code docs/performance.md}, between two marks, and its pictures. */
final class PerformancePage {
  static final String BEGIN = "<!-- bench/compare begin -->";
  static final String END = "<!-- bench/compare end -->";

  private final Path folder;

  /** A page in this folder. */
  PerformancePage(Path folder) {
    this.folder = folder;
  }

  /** What figures mean nothing without. */
  record Circumstances(Machine machine, LocalDate date, Plan plan) {}

  /** Writes the results in place of those that are there. */
  void write(Results results, Findings findings, Circumstances circumstances) throws IOException {
    Path page = folder.resolve("performance.md");
    Plots plots = new Plots(results);
    String measured =
        circumstances(circumstances, results)
            + table(results)
            + verdict(findings)
            + pictures(results, plots);
    Files.writeString(page, replaced(Files.readString(page), measured));
    plots.write(folder);
  }

  /** A page's text with something else between its marks. */
  static String replaced(String page, String measured) {
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new BenchException("The page has no lines " + BEGIN + " and " + END);
    }
    return page.substring(0, begin + BEGIN.length())
        + "\n"
        + measured.strip()
        + "\n"
        + page.substring(end);
  }

  private static String circumstances(Circumstances circumstances, Results results) {
    return "Measured on %s: %s. %s. With %s.\n\n"
        .formatted(
            circumstances.date(),
            circumstances.machine(),
            circumstances.plan(),
            results.versions());
  }

  private static String table(Results results) {
    StringBuilder text =
        new StringBuilder(
            """
            | operation | system | per second | p50 ms | p99 ms | times Keycloak |
            | --- | --- | ---: | ---: | ---: | ---: |
            """);
    for (Operation operation : Operation.values()) {
      for (String system : results.systems()) {
        if (results.has(system, operation)) {
          Rate rate = results.rate(system, operation);
          text.append(
              "| %s | %s | %,.0f | %.2f | %.2f | %s |\n"
                  .formatted(
                      operation.title(),
                      results.title(system),
                      rate.perSecond(),
                      rate.p50Millis(),
                      rate.p99Millis(),
                      times(results, system, operation)));
        }
      }
    }
    return text.append('\n').toString();
  }

  private static String times(Results results, String system, Operation operation) {
    if (!results.has(Judgement.KEYCLOAK, operation)) {
      return "";
    }
    return "%.1f"
        .formatted(
            results.ratio(
                new Results.Figure(system, operation),
                new Results.Figure(Judgement.KEYCLOAK, operation),
                Rate::perSecond));
  }

  private static String verdict(Findings findings) {
    String table = findings.table();
    int begin = table.indexOf("Figures to reach");
    return "```text\n" + table.substring(begin).strip() + "\n```\n\n";
  }

  private static String pictures(Results results, Plots plots) {
    StringBuilder text = new StringBuilder();
    for (Operation operation : plots.operations()) {
      for (Plots.Kind kind : Plots.Kind.values()) {
        text.append(
            "![%s of %d systems, %s](%s)\n"
                .formatted(
                    operation.title(),
                    results.systems().size(),
                    kind == Plots.Kind.P99 ? "99th percentile" : "requests per second",
                    Plots.file(operation, kind)));
      }
    }
    return text.toString();
  }
}
