package dev.vidame.cli.admin;

import dev.vidame.directory.move.MoveReport;
import dev.vidame.server.StartException;
import dev.vidame.server.StoreWork;
import dev.vidame.server.settings.StoreSettings;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vidame admin move}. */
@Command(
    name = "move",
    mixinStandardHelpOptions = true,
    description = {
      "Copies a store from its folder to an empty PostgreSQL, and proves the copy row by row. The folder stays as it is.",
      "",
      "No server may run on the folder. Where it was interrupted, the same command goes on; until the copy is proved, no",
      "server opens the database. The user and the password are the settings store.user and store.password, as for",
      "vidame serve. Exits with 0 only where the copy is proved."
    },
    footer = {
      "",
      "Examples:",
      "  VIDAME_STORE_USER=vidame VIDAME_STORE_PASSWORD=... vidame admin move --data /var/lib/vidame \\",
      "      --to jdbc:postgresql://db.example/vidame?sslmode=verify-full"
    })
final class MoveCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private final StoreOptions store = new StoreOptions();

  @Option(
      names = "--to",
      paramLabel = "URL",
      required = true,
      description = "The database, as store.url has it.")
  private @Nullable String url;

  @Option(
      names = "--tables-only",
      description =
          "Only makes the tables, so that they can be spread over machines before the move.")
  private boolean makesTablesOnly;

  @Override
  public Integer call() throws StartException {
    CommandSpec command = Objects.requireNonNull(spec);
    StoreSettings settings = store.load(Map.of("store.url", Objects.requireNonNull(url))).store();
    if (!settings.isShared()) {
      throw new AdminException(AdminException.USAGE, "Say where to: --to jdbc:postgresql://...");
    }
    if (makesTablesOnly) {
      return StoreReport.run(
          command,
          progress -> {
            StoreWork.makeTables(settings);
            command.commandLine().getOut().println("The tables are in " + settings.place() + ".");
          });
    }
    return StoreReport.run(
        command,
        progress ->
            StoreWork.move(
                settings,
                progress,
                report -> tell(command.commandLine().getOut(), settings, report)));
  }

  private static void tell(PrintWriter out, StoreSettings settings, MoveReport report) {
    out.println("Moved to " + settings.place() + ", and proved row by row:");
    StoreReport.counts(out, report);
    out.println("  SHA-256    " + report.digest());
    out.println("Serve from it with the settings store.url, store.user and store.password.");
    out.flush();
  }
}
