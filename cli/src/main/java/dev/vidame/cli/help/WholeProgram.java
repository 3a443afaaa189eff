package dev.vidame.cli.help;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** A program whose commands can all be had, although it usually reads only those that it needs. */
public interface WholeProgram {
  /** The program with all of its commands. */
  CommandLine whole();

  /** That of a command, from its root. */
  static CommandLine of(@Nullable CommandSpec command) {
    CommandSpec root = Objects.requireNonNull(command).root();
    return root.userObject() instanceof WholeProgram program ? program.whole() : root.commandLine();
  }

  /** Visits a command and those below it that are shown in help, once each, sorted by name. */
  static void visit(CommandLine command, BiConsumer<String, CommandSpec> visitor) {
    CommandSpec spec = command.getCommandSpec();
    if (spec.usageMessage().hidden()) {
      return;
    }
    visitor.accept(spec.qualifiedName(" "), spec);
    Map<String, CommandLine> below = new TreeMap<>();
    command.getSubcommands().values().forEach(each -> below.put(each.getCommandName(), each));
    below.values().forEach(each -> visit(each, visitor));
  }
}
