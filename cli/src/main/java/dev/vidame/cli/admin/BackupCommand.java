package dev.vidame.cli.admin;

import dev.vidame.directory.move.MoveReport;
import dev.vidame.server.StartException;
import dev.vidame.server.StoreWork;
import dev.vidame.server.settings.StoreSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vidame admin backup}. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = {
      "Copies a store to a file, also while a server works with it, and checks the copy.",
      "",
      "Whatever was answered before it began is in it. The file has its name once it is whole."
    },
    footer = {
      "",
      "Examples:",
      "  vidame admin backup --data /var/lib/vidame --to /backups/monday.db",
      "  vidame admin backup --config /etc/vidame.properties --to /backups/monday.db --verify"
    })
final class BackupCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private final StoreOptions store = new StoreOptions();

  @Option(
      names = "--to",
      paramLabel = "FILE",
      required = true,
      description = "The backup. A file that is there already is not touched.")
  private @Nullable Path file;

  @Option(
      names = "--verify",
      description = "Checks every link of every customer's journal in the backup, too.")
  private boolean isThorough;

  @Override
  public Integer call() throws StartException {
    CommandSpec command = Objects.requireNonNull(spec);
    Path to = Objects.requireNonNull(file);
    StoreSettings settings = store.load(Map.of()).store();
    if (settings.isShared()) {
      throw new AdminException(AdminException.USAGE, instead(settings, to));
    }
    return StoreReport.run(
        command,
        progress -> {
          MoveReport report = StoreWork.backup(settings, to, isThorough, progress);
          PrintWriter out = command.commandLine().getOut();
          out.println("Backup " + to + (isThorough ? ", checked to every change:" : ", checked:"));
          StoreReport.counts(out, report);
          out.flush();
        });
  }

  private static String instead(StoreSettings settings, Path to) {
    String database = settings.place().replaceFirst("^jdbc:", "");
    return String.join(
        System.lineSeparator(),
        "The store is in a PostgreSQL, which has its own way, also while servers run:",
        "  pg_dump --format=custom --file=" + to + " --dbname=" + database,
        "and back, into an empty database:",
        "  pg_restore --no-owner --exit-on-error --dbname=" + database + " " + to);
  }
}
