package dev.vidame.cli.help;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vidame man}. */
@Command(
    name = "man",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a manual page for each command.",
      "man finds them in a folder man1 below one that MANPATH names."
    },
    footer = {
      "",
      "Examples:",
      "  vidame man --to ~/.local/share/man/man1",
      "  man vidame-users-list"
    })
public final class ManCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FOLDER",
      description =
          "Where to; it is made if it is not there, and pages of the same names are replaced.")
  private Path folder = Path.of(".");

  @Override
  public Integer call() {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    WholeProgram.visit(WholeProgram.of(Objects.requireNonNull(spec)), this::write);
    return 0;
  }

  private void write(String name, CommandSpec command) {
    try {
      Files.writeString(
          folder.resolve(ManPage.title(name) + ".1"), new ManPage(name, command).text());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
