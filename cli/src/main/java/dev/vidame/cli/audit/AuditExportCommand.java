package dev.vidame.cli.audit;

import dev.vidame.cli.exit.CommandException;
import dev.vidame.cli.exit.ExitCode;
import dev.vidame.cli.terminal.Surroundings;
import dev.vidame.cli.terminal.Visible;
import dev.vidame.cli.users.OfCustomer;
import dev.vidame.sdk.ChangeCursor;
import dev.vidame.sdk.ChangesPage;
import dev.vidame.sdk.ChangesQuery;
import dev.vidame.sdk.FollowedChange;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vidame audit export}. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a customer's journal as JSON Lines, each row with what its hash is made of, so that",
      "vidame audit verify can check it anywhere and without a server. Vidame only."
    },
    footer = {
      "",
      "Examples:",
      "  vidame audit export --customer contoso.example --file contoso.jsonl",
      "  vidame audit export --since CURSOR --file later.jsonl     what came behind an earlier export",
      "  vidame audit export | gzip > contoso.jsonl.gz"
    })
final class AuditExportCommand implements Callable<Integer> {
  private static final int PAGE = 1_000;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private final OfCustomer of = new OfCustomer();

  @Option(
      names = "--since",
      paramLabel = "CURSOR",
      description =
          "Begins behind this place, which an earlier export told; at the beginning where absent.")
  private String since = "beginning";

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Writes a new file; to standard output where absent.")
  private @Nullable Path file;

  @Override
  public Integer call() {
    of.service().requireVidame("The change feed");
    CommandSpec command = Objects.requireNonNull(spec);
    PrintWriter err = command.commandLine().getErr();
    Told told;
    if (file == null) {
      told = write(terminalOrPipe(command));
    } else {
      try (OutputStream out = fresh(file)) {
        told =
            write(line -> {
              out.write(line);
              out.write('\n');
            });
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    err.println(told.rows + " rows. The next export begins here: --since " + told.cursor);
    if (told.lastHash != null) {
      err.println(
          "Keep this apart from the file: row " + told.lastSeq + " has hash " + told.lastHash);
    }
    err.flush();
    return 0;
  }

  /** Takes a line without its end. */
  @FunctionalInterface
  private interface Lines {
    void add(byte[] line) throws IOException;
  }

  /** What was written. */
  private static final class Told {
    private long rows;
    private long lastSeq;
    private @Nullable String lastHash;
    private ChangeCursor cursor = ChangeCursor.BEGINNING;
  }

  private Told write(Lines lines) {
    Told told = new Told();
    told.cursor = Following.cursor(since);
    boolean hasMore = true;
    while (hasMore) {
      ChangesPage page =
          of.customer().changes().page(ChangesQuery.since(told.cursor).withPageSize(PAGE));
      for (FollowedChange next : page.items()) {
        add(lines, next.change().toJson());
        told.rows++;
        told.lastSeq = next.change().seq();
        told.lastHash = next.change().integrity().hash();
      }
      told.cursor = page.cursor();
      hasMore = page.hasMore();
    }
    return told;
  }

  private static void add(Lines lines, byte[] line) {
    try {
      lines.add(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a terminal would obey is made visible; a pipe gets the bytes as they are. */
  private static Lines terminalOrPipe(CommandSpec command) {
    PrintWriter out = command.commandLine().getOut();
    boolean isTerminal = Surroundings.of(command).terminal().isOutput();
    return line -> {
      String text = new String(line, StandardCharsets.UTF_8);
      out.print(isTerminal ? Visible.json(text) : text);
      out.print('\n');
      if (out.checkError()) {
        throw new CommandException(
            ExitCode.INPUT_OUTPUT,
            "The output cannot be written any more, so the rest was left out.");
      }
    };
  }

  private static OutputStream fresh(Path file) throws IOException {
    try {
      return new BufferedOutputStream(
          Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    } catch (FileAlreadyExistsException e) {
      throw new CommandException(
          ExitCode.INPUT_OUTPUT, file + " is there already. Name another --file.", e);
    }
  }
}
