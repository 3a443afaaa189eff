package dev.vidame.cli.bulk;

import dev.vidame.bulk.Plan;
import dev.vidame.bulk.Result;
import dev.vidame.bulk.RunFiles;
import dev.vidame.bulk.RunReport;
import dev.vidame.bulk.RunResult;
import dev.vidame.cli.output.Output;
import dev.vidame.cli.output.OutputOptions;
import dev.vidame.cli.output.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vidame bulk report}. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description =
        "Lists the rows that failed: file and line, account, field, cause; and counts all rows.",
    footer = {
      "",
      "Examples:",
      "  vidame bulk report people.csv.plan",
      "  vidame bulk report people.csv.plan.undo -o csv",
      "  vidame bulk report people.csv.plan --failed-rows again.csv"
    })
final class ReportCommand implements Callable<Integer> {
  private static final Shape<RunReport.Failure> SHAPE =
      Shape.<RunReport.Failure>builder()
          .inTable("place", failure -> failure.file() + ":" + failure.line())
          .inTable("key", RunReport.Failure::key)
          .inTable("field", RunReport.Failure::field)
          .inTable("result", failure -> failure.result().text())
          .inTable("cause", RunReport.Failure::cause)
          .more("row", RunReport.Failure::row)
          .build();

  @Mixin private final OutputOptions options = new OutputOptions();

  @Parameters(
      paramLabel = "RUN",
      description = "The plan that was applied, or its PLAN.run; PLAN.undo for its undoing.")
  private @Nullable Path file;

  @Option(
      names = "--failed-rows",
      paramLabel = "FILE",
      description =
          "Writes the failed rows as they stand in the source, with their causes, to mend and plan again.")
  private @Nullable Path failedRows;

  @Override
  public Integer call() {
    Path named = Objects.requireNonNull(file);
    Plan plan = OfPlan.open(named);
    RunReport report = new RunReport(plan, RunFiles.isUndo(named));
    RunResult result = OfPlan.told(() -> report.read(failure -> {}));
    Output output = options.open();
    output.batches(SHAPE, OfPlan.told(report::failures).map(List::of));
    for (Result each : Result.values()) {
      Long count = result.counts().get(each);
      if (count != null) {
        output.say(count + " " + each.text());
      }
    }
    output.say((result.total() - result.ended()) + " not done yet");
    Path target = failedRows;
    if (target != null) {
      long count = OfPlan.told(() -> report.writeFailedRows(target));
      output.say(count + " rows are in " + target + ".");
    }
    return 0;
  }
}
