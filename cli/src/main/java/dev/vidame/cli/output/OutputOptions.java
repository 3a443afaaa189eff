package dev.vidame.cli.output;

import dev.vidame.cli.terminal.Surroundings;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option that says in which form the answer is wanted. A mixin. */
public final class OutputOptions {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      defaultValue = "table",
      description = {
        "table, json (one array), jsonl (an object in each line) or csv; ${DEFAULT-VALUE} where absent.",
        "All are UTF-8. CSV guards cells that spreadsheets would compute with an apostrophe."
      })
  private Format format = Format.TABLE;

  /** Whether a program reads the answer. */
  public boolean isForPrograms() {
    return format != Format.TABLE;
  }

  /** Shows answers in that form. */
  public Output open() {
    CommandSpec spec = Objects.requireNonNull(command);
    return new Output(
        format,
        Surroundings.of(spec).terminal(),
        spec.commandLine().getOut(),
        spec.commandLine().getErr());
  }
}
