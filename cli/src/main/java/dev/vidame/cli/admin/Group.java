package dev.vidame.cli.admin;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the groups of commands have in common. A group alone is not enough to do something. */
abstract class Group implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(), "Say what to do: one of the commands below.");
  }

  /** Opens a client, and shows what it is answered. */
  final int with(Connection connection, Step step) {
    step.take(
        connection.open(environment()),
        new Output(Objects.requireNonNull(spec).commandLine().getOut(), connection.isJson()));
    return 0;
  }

  final Map<String, String> environment() {
    return System.getenv();
  }

  /** What a command does. */
  @FunctionalInterface
  interface Step {
    void take(AdminClient client, Output output);
  }
}
