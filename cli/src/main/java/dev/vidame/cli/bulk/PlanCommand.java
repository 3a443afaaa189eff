package dev.vidame.cli.bulk;

import dev.vidame.bulk.Operation;
import dev.vidame.bulk.Planning;
import dev.vidame.bulk.RunFiles;
import dev.vidame.bulk.SourceOptions;
import dev.vidame.cli.exit.CommandException;
import dev.vidame.cli.exit.ExitCode;
import dev.vidame.cli.terminal.Surroundings;
import dev.vidame.cli.terminal.Visible;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vidame bulk plan}. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = {
      "Compares a file with the accounts as they are, and writes down what would change. Changes nothing.",
      "Columns are named like fields: id or userPrincipalName (the key), newUserPrincipalName, displayName,"
          + " firstName, lastName, usageLocation, immutableId, phoneNumber, operation, password,"
          + " forceChangePassword. An empty cell leaves a field as it is."
    },
    footer = {
      "",
      "Examples:",
      "  vidame bulk plan people.csv --customer contoso.example",
      "  vidame bulk plan export.csv --map \"Given name=firstName\" --map \"Remarks=-\"",
      "  vidame bulk plan leavers.csv --operation delete --to leavers.plan",
      "  vidame bulk plan new.jsonl --operation create --generate-passwords"
    })
final class PlanCommand implements Callable<Integer> {
  private static final int SHOWN = 50;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private final OfPlan of = new OfPlan();
  @Mixin private final RunMixin run = new RunMixin();

  @Parameters(paramLabel = "FILE", description = "CSV with a header, or JSON Lines; UTF-8.")
  private @Nullable Path file;

  @Option(names = "--to", paramLabel = "PLAN", description = "The plan; FILE.plan where absent.")
  private @Nullable Path target;

  @Option(
      names = "--format",
      paramLabel = "FORM",
      description = "csv or jsonl; the file's name tells where absent.")
  private @Nullable String format;

  @Option(
      names = "--delimiter",
      paramLabel = "C",
      description = "What stands between cells; the header tells where absent.")
  private @Nullable Character delimiter;

  @Option(
      names = "--map",
      paramLabel = "COLUMN=FIELD",
      description = "What a column is, where it is not named like a field; - leaves it out.")
  private Map<String, String> mapping = new LinkedHashMap<>();

  @Option(
      names = "--operation",
      paramLabel = "OPERATION",
      defaultValue = "update",
      description =
          "Of rows that name none: update, create, delete, restore or resetPassword;"
              + " ${DEFAULT-VALUE} where absent.")
  private String operation = "update";

  @Option(
      names = "--clear-with",
      paramLabel = "TEXT",
      defaultValue = SourceOptions.CLEAR,
      description = "The cell that empties a field; ${DEFAULT-VALUE} where absent.")
  private String clear = SourceOptions.CLEAR;

  @Option(
      names = "--generate-passwords",
      description = "Gives accounts that need a password, and are given none, one of their own.")
  private boolean generatesPasswords;

  @Option(
      names = "--leave-out-bad-rows",
      description = "Makes a plan of the good rows although others are not good.")
  private boolean leavesOutBadRows;

  @Option(
      names = "--max-problems",
      paramLabel = "N",
      defaultValue = "100",
      description = "How many problems are told; ${DEFAULT-VALUE} where absent.")
  private int mostProblems;

  @Option(names = "--all", description = "Shows every change and not just the first " + SHOWN + ".")
  private boolean showsAll;

  @Override
  public Integer call() {
    CommandSpec command = Objects.requireNonNull(spec);
    Surroundings around = Surroundings.of(command);
    PrintWriter out = command.commandLine().getOut();
    PrintWriter err = command.commandLine().getErr();
    Planning.Request request = request();
    SdkAccounts accounts = of.accounts();
    PlanText text = new PlanText(out, request.source().file(), showsAll ? Long.MAX_VALUE : SHOWN);
    AtomicReference<@Nullable Planning> planning = new AtomicReference<>();
    try (Watch watch =
        new Watch(
            err,
            around.terminal().isError(),
            () -> {
              Planning current = planning.get();
              if (current != null) {
                current.stop();
              }
            })) {
      Planning work = new Planning(accounts, request, around.clock(), around.random(), watch::at);
      planning.set(work);
      Planning.Summary summary;
      try {
        summary =
            OfPlan.told(() ->
                work.plan(row -> {
                  if (text.showsNext()) {
                    watch.endLine();
                  }
                  text.add(row);
                }));
      } finally {
        watch.endLine();
      }
      return end(summary, text, request, err);
    }
  }

  private static int end(
      Planning.Summary summary, PlanText text, Planning.Request request, PrintWriter err) {
    summary.problems().forEach(problem -> err.println(Visible.text(problem.text())));
    long bad = summary.counts().bad();
    if (bad > summary.problems().size()) {
      err.println("There are more; --max-problems tells how many are shown.");
    }
    text.end(summary, request.files().plan());
    return summary.isWritten() && bad == 0 ? ExitCode.OK.number() : ExitCode.DATA.number();
  }

  private Planning.Request request() {
    Path source = Objects.requireNonNull(file);
    SourceOptions options =
        new SourceOptions(
            source, format(), delimiter, mapping, operation(), clear, generatesPasswords);
    return new Planning.Request(
        options,
        new RunFiles(target == null ? Path.of(source + ".plan") : target),
        mostProblems,
        leavesOutBadRows,
        run.options(0));
  }

  private Operation operation() {
    return Operation.of(operation)
        .orElseThrow(() ->
            new CommandException(
                ExitCode.USAGE,
                "There is no operation " + operation + "; see vidame bulk plan --help."));
  }

  private SourceOptions.@Nullable Format format() {
    return switch (format) {
      case null -> null;
      case "csv" -> SourceOptions.Format.CSV;
      case "jsonl" -> SourceOptions.Format.JSON_LINES;
      default -> throw new CommandException(ExitCode.USAGE, "--format is csv or jsonl.");
    };
  }
}
