package dev.vidame.cli.help;

import dev.vidame.cli.exit.ExitCode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The manual page of one command, in roff, made of the same description as its {@code --help}. That
 * needs no tool at build time (docs/decisions/0067).
 */
final class ManPage {
  private static final String EXAMPLES = "Examples:";

  private final String name;
  private final CommandSpec command;
  private final StringBuilder page = new StringBuilder();

  ManPage(String name, CommandSpec command) {
    this.name = name;
    this.command = command;
  }

  /** What {@code man} is asked for: {@code vidame-users-list}. */
  static String title(String name) {
    return name.replace(' ', '-');
  }

  String text() {
    String title = title(name);
    page.append(".TH \"")
        .append(title.toUpperCase(Locale.ROOT))
        .append("\" 1 \"\" \"Vidame\" \"Vidame\"\n");
    page.append(".nh\n.ad l\n");
    section("NAME");
    line(title + " - " + Descriptions.first(command.usageMessage().description()));
    section("SYNOPSIS");
    new Help(command, Help.Ansi.OFF)
        .synopsis(0)
        .lines()
        .filter(each -> !each.isBlank())
        .forEach(each -> line(each.strip()));
    section("DESCRIPTION");
    for (String each : command.usageMessage().description()) {
      if (each.isBlank()) {
        page.append(".PP\n");
      } else {
        line(each);
      }
    }
    arguments();
    commands();
    examples();
    section("EXIT STATUS");
    ExitCode.list().forEach((code, meaning) -> item("\\fB" + escaped(code) + "\\fR", meaning));
    seeAlso();
    return page.toString();
  }

  private void arguments() {
    List<PositionalParamSpec> parameters =
        command.positionalParameters().stream().filter(each -> !each.hidden()).toList();
    if (!parameters.isEmpty()) {
      section("ARGUMENTS");
      parameters.forEach(each ->
          item(
              "\\fI" + escaped(each.paramLabel()) + "\\fR",
              String.join(" ", Descriptions.of(each))));
    }
    section("OPTIONS");
    command.options().stream()
        .filter(each -> !each.hidden())
        .forEach(each -> item(names(each), String.join(" ", Descriptions.of(each))));
  }

  private static String names(OptionSpec option) {
    String names =
        Arrays.stream(option.names())
            .map(each -> "\\fB" + escaped(each) + "\\fR")
            .collect(Collectors.joining(", "));
    return option.arity().max() > 0
        ? names + " \\fI" + escaped(option.paramLabel()) + "\\fR"
        : names;
  }

  private void commands() {
    List<CommandSpec> below =
        command.subcommands().values().stream()
            .distinct()
            .map(CommandLine::getCommandSpec)
            .filter(each -> !each.usageMessage().hidden())
            .toList();
    if (!below.isEmpty()) {
      section("COMMANDS");
      below.forEach(each ->
          item(
              "\\fB" + escaped(title(name) + "-" + each.name()) + "\\fR(1)",
              Descriptions.first(each.usageMessage().description()) + "."));
    }
  }

  private void examples() {
    section("EXAMPLES");
    page.append(".nf\n");
    Arrays.stream(command.usageMessage().footer())
        .filter(each -> !each.isBlank() && !each.equals(EXAMPLES))
        .forEach(each -> line(each.startsWith("  ") ? each.substring(2) : each));
    page.append(".fi\n");
  }

  private void seeAlso() {
    CommandSpec parent = command.parent();
    if (parent != null) {
      section("SEE ALSO");
      line(title(parent.qualifiedName(" ")) + "(1)");
    }
  }

  private void section(String heading) {
    page.append(".SH ").append(heading).append('\n');
  }

  private void item(String term, String text) {
    page.append(".TP\n").append(term).append('\n');
    line(text);
  }

  /** A line of text: what begins with a full stop or an apostrophe would be a request. */
  private void line(String text) {
    String escaped = escaped(text);
    boolean isRequest = escaped.startsWith(".") || escaped.startsWith("'");
    page.append(isRequest ? "\\&" : "").append(escaped).append('\n');
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-").replace("…", "...");
  }
}
