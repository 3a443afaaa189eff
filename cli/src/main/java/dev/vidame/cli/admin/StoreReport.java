package dev.vidame.cli.admin;

import dev.vidame.cli.terminal.ProgressLine;
import dev.vidame.directory.move.MoveException;
import dev.vidame.directory.move.MoveReport;
import dev.vidame.directory.move.Progress;
import dev.vidame.server.StartException;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What the commands on a store have in common: how they tell how far they are, and what came of it.
 */
final class StoreReport {
  private StoreReport() {}

  /** What a command does, while its progress is shown. */
  @FunctionalInterface
  interface Work {
    void run(Progress progress) throws MoveException, StartException;
  }

  static int run(CommandSpec spec, Work work) throws StartException {
    ProgressLine progress = ProgressLine.to(spec.commandLine().getErr());
    try {
      work.run(progress::at);
      return 0;
    } catch (MoveException e) {
      throw new AdminException(
          e.isRefused() ? AdminException.REFUSED : AdminException.UNAVAILABLE,
          String.valueOf(e.getMessage()),
          e);
    } finally {
      progress.end();
    }
  }

  /** One line for each thing that people know of. */
  static void counts(PrintWriter out, MoveReport report) {
    line(out, "customers", report.customers());
    line(out, "accounts", report.counts().getOrDefault("users", 0L));
    line(out, "changes", report.counts().getOrDefault("journal", 0L));
    line(out, "all rows", report.rows());
  }

  private static void line(PrintWriter out, String name, long count) {
    out.println(String.format(Locale.ROOT, "  %-10s %,12d", name, count));
  }
}
