package dev.vidame.cli.bulk;

import dev.vidame.bulk.BulkProgress;
import dev.vidame.bulk.Plan;
import dev.vidame.bulk.Result;
import dev.vidame.bulk.RunResult;
import dev.vidame.cli.exit.ExitCode;
import dev.vidame.cli.terminal.Surroundings;
import dev.vidame.cli.terminal.Visible;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What applying, going on and undoing have in common: the bar, Ctrl-C, and what is said at the end.
 */
final class Running {
  private final CommandSpec command;
  private final PrintWriter out;
  private final Plan plan;
  private final boolean isUndo;

  Running(CommandSpec command, Plan plan, boolean isUndo) {
    this.command = command;
    this.out = command.commandLine().getOut();
    this.plan = plan;
    this.isUndo = isUndo;
  }

  /**
   * A run that can be begun and ended.
   *
   * @param begin runs
   * @param stop ends it early
   */
  record Work(Supplier<RunResult> begin, Runnable stop) {}

  /** What is done once all rows have ended. */
  interface Completion {
    void run();
  }

  /** Runs, and tells the exit code. */
  int run(Function<BulkProgress, Work> preparation, Completion completion) {
    AtomicReference<@Nullable Work> current = new AtomicReference<>();
    try (Watch watch =
        new Watch(
            command.commandLine().getErr(),
            Surroundings.of(command).terminal().isError(),
            () -> {
              Work work = current.get();
              if (work != null) {
                work.stop().run();
              }
            })) {
      RunResult result;
      try {
        result =
            OfPlan.told(() -> {
              Work work = preparation.apply(watch::at);
              current.set(work);
              return work.begin().get();
            });
      } finally {
        watch.endLine();
      }
      counts(result);
      if (result.isComplete()) {
        completion.run();
      }
      int code = end(result);
      out.flush();
      return code;
    }
  }

  void counts(RunResult result) {
    List<String> parts = new ArrayList<>();
    for (Result each : Result.values()) {
      Long count = result.counts().get(each);
      if (count != null) {
        parts.add(String.format(Locale.ROOT, "%,d %s", count, words(each)));
      }
    }
    long open = result.total() - result.ended();
    if (open > 0 || parts.isEmpty()) {
      parts.add(String.format(Locale.ROOT, "%,d not done yet", open));
    }
    out.println(String.join(", ", parts) + ".");
  }

  private String words(Result result) {
    return switch (result) {
      case CHANGED -> isUndo ? "undone" : "changed";
      case FOUND -> "found as they were to be";
      case PARTLY -> isUndo ? "undone in part" : "changed in part";
      case STALE -> "changed by others and left alone";
      case GONE -> "gone";
      case NAME_TAKEN -> "whose name is taken";
      case REFUSED -> "refused";
      case IN_DOUBT -> "of which nobody knows";
      case KEPT -> "that cannot be undone";
    };
  }

  private int end(RunResult result) {
    if (result.failed() > 0) {
      out.println(
          "What failed, by file and line: vidame bulk report "
              + (isUndo ? plan.files().undo() : plan.files().run()));
    }
    if (result.isComplete()) {
      return result.failed() > 0 ? ExitCode.REFUSED.number() : ExitCode.OK.number();
    }
    PrintWriter err = command.commandLine().getErr();
    if (!result.cause().isEmpty()) {
      err.println("vidame: " + Visible.text(result.cause()));
    }
    err.println("vidame: " + reason(result) + " Go on with: vidame bulk " + again());
    return code(result).number();
  }

  private String again() {
    return (isUndo ? "undo " : "resume ") + plan.files().plan();
  }

  private static String reason(RunResult result) {
    return switch (result.stopped()) {
      case INTERRUPTED -> "It was interrupted.";
      case TOO_MANY_FAILURES -> "Too many rows failed.";
      case UNREACHABLE -> "The service cannot be reached.";
      case SIGNED_OUT -> "Somebody must sign in (again).";
      case FILES -> "The run's own files failed.";
      case null -> "Some rows did not end.";
    };
  }

  private static ExitCode code(RunResult result) {
    return switch (result.stopped()) {
      case INTERRUPTED -> ExitCode.INTERRUPTED;
      case UNREACHABLE -> ExitCode.UNAVAILABLE;
      case SIGNED_OUT -> ExitCode.NOT_ALLOWED;
      case FILES -> ExitCode.INPUT_OUTPUT;
      case TOO_MANY_FAILURES -> ExitCode.REFUSED;
      case null -> ExitCode.OUTCOME_UNKNOWN;
    };
  }
}
