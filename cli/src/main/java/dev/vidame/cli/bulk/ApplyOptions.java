package dev.vidame.cli.bulk;

import dev.vidame.bulk.Applying;
import dev.vidame.bulk.PasswordList;
import dev.vidame.bulk.Plan;
import dev.vidame.bulk.RunResult;
import dev.vidame.cli.exit.CommandException;
import dev.vidame.cli.exit.ExitCode;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What applying a plan and going on with it have in common. A mixin. */
final class ApplyOptions {
  @Mixin private final OfPlan of = new OfPlan();
  @Mixin private final RunMixin run = new RunMixin();

  @Parameters(paramLabel = "PLAN", description = "What vidame bulk plan wrote.")
  private @Nullable Path file;

  @Option(
      names = "--stop-after-failures",
      paramLabel = "N",
      description = "Leaves the rest alone once so many rows have failed.")
  private long mostFailures;

  @Option(
      names = "--passwords-to",
      paramLabel = "FILE",
      description =
          "Where generated passwords are written, once, when the last row has ended; a new file that"
              + " only you can read.")
  private @Nullable Path passwords;

  int run(CommandSpec command, Function<Applying, RunResult> begin) {
    Plan plan = OfPlan.open(Objects.requireNonNull(file));
    PasswordList list = new PasswordList(plan);
    Path target = passwords;
    if (list.isWanted() && target == null) {
      throw new CommandException(
          ExitCode.USAGE, "The plan generates passwords; say where to: --passwords-to FILE");
    }
    if (target != null) {
      OfPlan.told(() -> {
        PasswordList.requireFree(target);
        return target;
      });
    }
    SdkAccounts accounts = of.accounts(plan);
    return new Running(command, plan, false)
        .run(
            progress -> {
              Applying applying =
                  new Applying(
                      plan, accounts, run.options(mostFailures), System::nanoTime, progress);
              return new Running.Work(() -> begin.apply(applying), applying::stop);
            },
            () -> {
              if (target != null && list.isWanted()) {
                long count = OfPlan.told(() -> list.write(target));
                command.commandLine().getOut().println(count + " passwords are in " + target + ".");
              }
            });
  }
}
