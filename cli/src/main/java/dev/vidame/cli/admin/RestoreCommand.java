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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vidame admin restore}. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a store of a backup, in a folder that is new or empty.",
      "",
      "A file that is damaged, no backup, or of a newer version is refused, and nothing is left of the attempt."
    },
    footer = {
      "",
      "Examples:",
      "  vidame admin restore /backups/monday.db --data /var/lib/vidame-restored"
    })
final class RestoreCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private final StoreOptions store = new StoreOptions();

  @Parameters(paramLabel = "FILE", description = "The backup.")
  private @Nullable Path file;

  @Option(
      names = "--verify",
      description = "Checks every link of every customer's journal first, too.")
  private boolean isThorough;

  @Override
  public Integer call() throws StartException {
    CommandSpec command = Objects.requireNonNull(spec);
    Path from = Objects.requireNonNull(file);
    StoreSettings settings = store.load(Map.of()).store();
    if (settings.isShared()) {
      throw new AdminException(
          AdminException.USAGE,
          "The store is in a PostgreSQL, where pg_restore puts what pg_dump took. A backup of a folder is restored to a"
              + " folder, without store.url, and then moved.");
    }
    return StoreReport.run(
        command,
        progress -> {
          MoveReport report = StoreWork.restore(settings, from, isThorough, progress);
          PrintWriter out = command.commandLine().getOut();
          out.println("Restored to " + settings.place() + ":");
          StoreReport.counts(out, report);
          out.flush();
        });
  }
}
