package dev.vidame.cli.bulk;

import dev.vidame.cli.client.CommandGroup;
import picocli.CommandLine.Command;

/** {@code vidame bulk}: changes of many accounts from a file. */
@Command(
    name = "bulk",
    mixinStandardHelpOptions = true,
    description = {
      "Changes many accounts from a file: CSV or JSON Lines, a row for each account.",
      "A plan shows what would change, and changes nothing. What is applied can be gone on with after"
          + " any crash, every row once, and undone."
    },
    subcommands = {
      PlanCommand.class,
      ApplyCommand.class,
      ResumeCommand.class,
      UndoCommand.class,
      ReportCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  vidame bulk plan people.csv --customer contoso.example",
      "  vidame bulk apply people.csv.plan",
      "  vidame bulk resume people.csv.plan      after Ctrl-C, a crash, a lost network, a sign-in that ended",
      "  vidame bulk report people.csv.plan      what failed, by file and line",
      "  vidame bulk undo people.csv.plan"
    })
public final class BulkCommand extends CommandGroup {}
