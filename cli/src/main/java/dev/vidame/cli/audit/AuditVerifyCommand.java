package dev.vidame.cli.audit;

import dev.vidame.cli.exit.CommandException;
import dev.vidame.cli.exit.ExitCode;
import dev.vidame.cli.terminal.Surroundings;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vidame audit verify}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Checks an exported journal without a server: that no row is missing, changed, doubled or in",
      "another place. Names the first that is, and ends with 65 then.",
      "Rows that were cut off at the end are found only with --last-hash."
    },
    footer = {
      "",
      "Examples:",
      "  vidame audit verify contoso.jsonl",
      "  vidame audit verify contoso.jsonl --last-hash 5d8f…   as the export told",
      "  gunzip < contoso.jsonl.gz | vidame audit verify -"
    })
final class AuditVerifyCommand implements Callable<Integer> {
  private static final Path STANDARD_INPUT = Path.of("-");

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The exported file; - for standard input.")
  private Path file = STANDARD_INPUT;

  @Option(
      names = "--last-hash",
      paramLabel = "HASH",
      description = "The hash that the last row must have.")
  private @Nullable String lastHash;

  @Override
  public Integer call() {
    CommandSpec command = Objects.requireNonNull(spec);
    ExportCheck.Result result;
    try (InputStream in = open(command)) {
      result = new ExportCheck(in).run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    PrintWriter out = command.commandLine().getOut();
    if (!result.isIntact()) {
      throw new CommandException(
          ExitCode.DATA,
          result.fault() + ".\n" + result.rows() + " rows before it are as they were written.");
    }
    if (lastHash != null && !lastHash.strip().equalsIgnoreCase(result.lastHash())) {
      throw new CommandException(
          ExitCode.DATA,
          "The last row, "
              + result.lastSeq()
              + ", is not the one with this hash: rows are missing at the end.");
    }
    tell(out, result);
    out.flush();
    return 0;
  }

  private static void tell(PrintWriter out, ExportCheck.Result result) {
    if (result.rows() == 0) {
      out.println("There are no rows.");
      return;
    }
    out.println(
        "Rows "
            + result.firstSeq()
            + " to "
            + result.lastSeq()
            + " are as they were written. The last one's hash is "
            + result.lastHash());
    if (result.firstSeq() > 1) {
      out.println("Those before " + result.firstSeq() + " are not in the file.");
    }
    if (result.erased() > 0) {
      out.println(
          result.erased() + " of them were erased on request; of those all else was checked.");
    }
  }

  private InputStream open(CommandSpec command) throws IOException {
    if (file.equals(STANDARD_INPUT)) {
      return new BufferedInputStream(Surroundings.of(command).input());
    }
    try {
      return new BufferedInputStream(Files.newInputStream(file));
    } catch (NoSuchFileException e) {
      throw new CommandException(ExitCode.INPUT_OUTPUT, "There is no file " + file + ".", e);
    }
  }
}
