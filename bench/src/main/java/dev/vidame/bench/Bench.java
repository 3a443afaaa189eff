package dev.vidame.bench;

import dev.vidame.bench.compare.CompareCommand;
import dev.vidame.bench.scale.SimulateCommand;
import dev.vidame.bench.scale.SizesCommand;
import dev.vidame.bench.sql.SqlLibraryCommand;
import java.nio.file.Path;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program behind {@code bench/run}. */
@Command(
    name = "bench/run",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the service on this machine. Progress goes to stderr, results to stdout; the last",
      "line of a result is one JSON object. Everything listens on the loopback address, is bounded",
      "in time, and ends with the run."
    },
    subcommands = {
      PatchCommand.class,
      ListCommand.class,
      PagesCommand.class,
      CreateCommand.class,
      AccessCommand.class,
      MillionCommand.class,
      CompareCommand.class,
      SizesCommand.class,
      SimulateCommand.class,
      ProfileCommand.class,
      TailCommand.class,
      SqlLibraryCommand.class,
      SdkCommand.class,
      BulkCommand.class,
      TestkitCommand.class,
      TestkitRunCommand.class,
      StartCommand.class,
      HttpOnlyCommand.class,
      UnverifiedCommand.class,
      StoreOnlyCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  bench/run patch                     the figures that the project promises, about 4 minutes",
      "  bench/run patch --seconds 3 --warm-up 3 --users 20000",
      "  bench/run patch | tail -n 1 | jq .patch_per_s",
      "  bench/run create                    what creating an account costs, and its password's share",
      "  bench/run access                    what access control costs, and who pays for it",
      "  bench/run pages                     the dashboard's pages for a large customer",
      "  bench/run tail                      the slowest changes, by who makes checkpoints",
      "  bench/run million                   whether a hundred times as many accounts cost more",
      "  bench/run sizes                     what accounts and changes take up on disk",
      "  bench/run simulate --users=1000000000 --customers=20000000    what a number of users needs",
      "  bench/compare                       beside Keycloak and slapd; the same as bench/run compare",
      "  bench/run profile                   where the server's time goes under PATCH load",
      "  bench/run sql-library               SQL by hand against JDBI and jOOQ",
      "  bench/run sdk                       what the SDK adds to a bare request",
      "  bench/run bulk                      changes of many accounts from a file: plan, apply, undo",
      "  bench/run testkit                   what a test suite waits for: start, reset, 100 tests",
      "  bench/run start                     from launch to the first answer, with the AOT cache and without"
    })
public final class Bench {
  /** Held, because a logger that nobody holds forgets its level. */
  private static final Logger LIBRARIES = Logger.getLogger("");

  private static final int HELP_WIDTH = 110;

  private Bench() {}

  /** Runs the command that the arguments name and exits with its code. */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT); // figures are for programs, too
    LIBRARIES.setLevel(Level.WARNING);
    System.setProperty("slf4j.internal.verbosity", "ERROR"); // no one here logs through it
    System.exit(
        new CommandLine(new Bench())
            .setUsageHelpWidth(HELP_WIDTH)
            .setExecutionExceptionHandler(Bench::explain)
            .execute(arguments));
  }

  private static int explain(
      Exception problem, CommandLine command, CommandLine.ParseResult arguments) throws Exception {
    if (problem instanceof BenchException) {
      command.getErr().println("bench: " + problem.getMessage());
      return 1;
    }
    throw problem;
  }

  /** Says on stderr what is being done. */
  public static void say(String text) {
    System.err.println("bench: " + text);
  }

  /** The checkout, which {@code bench/run} names. */
  public static Path root() {
    String root = System.getProperty("vidame.root");
    if (root == null) {
      throw new BenchException("Start this with bench/run, which says where the checkout is");
    }
    return Path.of(root);
  }
}
