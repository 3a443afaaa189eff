package dev.vidame.cli.bulk;

import dev.vidame.bulk.Plan;
import dev.vidame.bulk.Undoing;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vidame bulk undo}. */
@Command(
    name = "undo",
    mixinStandardHelpOptions = true,
    description = {
      "Brings back what a run changed, the latest change first. What others changed since is left alone and listed.",
      "A password that was replaced cannot be brought back. The same command goes on after a crash."
    },
    footer = {"", "Examples:", "  vidame bulk undo people.csv.plan"})
final class UndoCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private final OfPlan of = new OfPlan();
  @Mixin private final RunMixin run = new RunMixin();

  @Parameters(paramLabel = "RUN", description = "The plan that was applied, or its PLAN.run.")
  private @Nullable Path file;

  @Option(
      names = "--stop-after-failures",
      paramLabel = "N",
      description = "Leaves the rest alone once so many rows have failed.")
  private long mostFailures;

  @Override
  public Integer call() {
    Plan plan = OfPlan.open(Objects.requireNonNull(file));
    SdkAccounts accounts = of.accounts(plan);
    return new Running(Objects.requireNonNull(spec), plan, true)
        .run(
            progress -> {
              Undoing undoing =
                  new Undoing(
                      plan, accounts, run.options(mostFailures), System::nanoTime, progress);
              return new Running.Work(undoing::undo, undoing::stop);
            },
            () -> {});
  }
}
