package dev.vidame.cli.client;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A group of commands, which alone is not enough to do something. */
public abstract class CommandGroup implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  /** For the groups. */
  protected CommandGroup() {}

  @Override
  public final void run() {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(), "Say what to do: one of the commands below.");
  }
}
