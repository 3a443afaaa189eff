package dev.vidame.cli.help;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Gives the commands of a group the group's examples of them, so that each is written once. */
public final class Examples {
  private static final String HEADING = "Examples:";

  private Examples() {}

  /**
   * Gives all commands below this one that have no example the lines of their group that show them;
   * where it has none, their shortest form.
   */
  public static void inherit(CommandLine group) {
    group
        .getSubcommands()
        .values()
        .forEach(each -> {
          CommandSpec spec = each.getCommandSpec();
          if (!Arrays.asList(spec.usageMessage().footer()).contains(HEADING)) {
            spec.usageMessage().footer(footer(group.getCommandSpec(), spec));
          }
          inherit(each);
        });
  }

  private static String[] footer(CommandSpec group, CommandSpec command) {
    String name = command.qualifiedName(" ");
    List<String> lines = new ArrayList<>(List.of("", HEADING));
    Arrays.stream(group.usageMessage().footer())
        .filter(line -> line.strip().equals(name) || line.strip().startsWith(name + " "))
        .forEach(lines::add);
    if (lines.size() == 2) {
      lines.add("  " + shortest(name, command));
    }
    return lines.toArray(String[]::new);
  }

  private static String shortest(String name, CommandSpec command) {
    StringBuilder line = new StringBuilder(name);
    for (OptionSpec option : command.options()) {
      if (option.required()) {
        line.append(' ').append(option.longestName());
        line.append(option.arity().max() > 0 ? " " + option.paramLabel() : "");
      }
    }
    command.positionalParameters().stream()
        .filter(each -> each.arity().min() > 0)
        .map(ArgSpec::paramLabel)
        .forEach(label -> line.append(' ').append(label));
    return line.toString();
  }
}
