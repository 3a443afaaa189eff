package dev.vidame.cli.help;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A completion script for fish, which picocli does not write. */
final class FishCompletion {
  /** Which commands have been typed: the words before the first option. */
  private static final String HEAD =
      """
      # Completion of vidame for fish. Made by: vidame completion fish

      function __vidame_words
          for word in (commandline -opc)[2..-1]
              string match -q -- '-*' $word; and return
              echo $word
          end
      end

      # Whether just these commands have been typed.
      function __vidame_at
          set -l words (__vidame_words)
          test "$words" = "$argv"
      end

      # Whether these commands have been typed, and perhaps something behind them.
      function __vidame_below
          set -l words (__vidame_words)
          set -l count (count $argv)
          test (count $words) -ge $count; and test "$words[1..$count]" = "$argv"
      end

      complete -c vidame -f
      """;

  private FishCompletion() {}

  static String of(CommandLine program) {
    StringBuilder script = new StringBuilder(HEAD);
    String root = program.getCommandName();
    WholeProgram.visit(
        program,
        (name, spec) -> {
          String below = name.substring(root.length()).strip();
          spec.subcommands().values().stream()
              .distinct()
              .map(CommandLine::getCommandSpec)
              .filter(each -> !each.usageMessage().hidden())
              .forEach(each -> script.append(command(below, each)));
          spec.options().stream()
              .filter(option -> !option.hidden())
              .forEach(option -> script.append(option(below, option)));
        });
    return script.toString();
  }

  private static String command(String at, CommandSpec spec) {
    return "complete -c vidame -n "
        + quoted(("__vidame_at " + at).strip())
        + " -a "
        + spec.name()
        + " -d "
        + quoted(Descriptions.first(spec.usageMessage().description()))
        + "\n";
  }

  private static String option(String below, OptionSpec option) {
    List<String> parts = new ArrayList<>(List.of("complete -c vidame"));
    parts.add("-n " + quoted(below.isEmpty() ? "__vidame_at" : "__vidame_below " + below));
    for (String name : option.names()) {
      parts.add(name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1));
    }
    if (option.arity().max() > 0) {
      parts.add(value(option));
    }
    parts.add("-d " + quoted(Descriptions.first(Descriptions.of(option))));
    return String.join(" ", parts) + "\n";
  }

  private static String value(OptionSpec option) {
    if (option.completionCandidates() != null) {
      return "-x -a "
          + quoted(
              StreamSupport.stream(option.completionCandidates().spliterator(), false)
                  .collect(Collectors.joining(" ")));
    }
    boolean isFile =
        option.type().equals(Path.class)
            || option.type().equals(File.class)
            || option.paramLabel().contains("FILE")
            || option.paramLabel().contains("FOLDER");
    return isFile ? "-r -F" : "-x";
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
