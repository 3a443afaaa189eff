package dev.vidame.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.cli.help.WholeProgram;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What holds of all commands, and what is made of their descriptions. */
class CommandModelTest {
  private static final Path PAGE = Path.of("..", "docs", "command-line.md");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

  @TempDir private Path folder;

  private static CommandLine whole() {
    return Vidame.commandLine("", "admin");
  }

  private static Map<String, CommandSpec> commands() {
    Map<String, CommandSpec> commands = new LinkedHashMap<>();
    WholeProgram.visit(whole(), commands::put);
    return commands;
  }

  @Test
  void everyCommandSaysWhatItDoesAndShowsIt() {
    assertThat(commands()).hasSizeGreaterThan(80);
    commands()
        .forEach((name, spec) -> {
          assertThat(spec.usageMessage().description()).as(name).isNotEmpty();
          assertThat(spec.usageMessage().description()[0]).as(name).isNotBlank();
          assertThat(spec.usageMessage().footer()).as(name + " --help").contains("Examples:");
          assertThat(String.join("\n", spec.usageMessage().footer()))
              .as(name + " --help")
              .containsPattern("(?m)^ .*\\bvidame ");
        });
  }

  @Test
  void everyOptionAndParameterIsDescribed() {
    List<String> silent = new ArrayList<>();
    commands()
        .forEach((name, spec) -> {
          Stream.concat(spec.options().stream(), spec.positionalParameters().stream())
              .filter(each -> !each.hidden() && String.join("", each.description()).isBlank())
              .forEach(each -> silent.add(name + " " + each));
        });

    assertThat(silent).isEmpty();
  }

  /** Every line that begins with vidame, up to a pipe, a comment or another column. */
  private static List<String> examples(String[] footer) {
    List<String> examples = new ArrayList<>();
    String text = String.join("\n", footer).replaceAll(" *\\\\\n +", " ");
    for (String line : text.split("\n", -1)) {
      Matcher start = Pattern.compile("(^ +|.*\\| )(vidame .*)").matcher(line);
      if (start.matches()) {
        examples.add(start.group(2).replaceAll(" +[|><].*| {2,}.*", ""));
      }
    }
    return examples;
  }

  private static String[] words(String line) {
    return WORD.matcher(line)
        .results()
        .map(word ->
            Stream.of(1, 2, 3).map(word::group).filter(each -> each != null).findFirst().orElse(""))
        .toArray(String[]::new);
  }

  @Test
  void everyExampleOfACommandForTechniciansIsUnderstood() {
    List<String> parsed = new ArrayList<>();
    CommandLine program = whole();
    commands()
        .forEach((name, spec) -> {
          if (name.startsWith("vidame admin")) {
            return;
          }
          for (String example : examples(spec.usageMessage().footer())) {
            String[] words = words(example);
            program.parseArgs(Arrays.copyOfRange(words, 1, words.length));
            parsed.add(example);
          }
        });

    assertThat(parsed).hasSizeGreaterThan(40);
  }

  @Test
  void everyCommandHasAManualPage() throws Exception {
    assertThat(new Shell(folder).run("man", "--to", folder.resolve("man1").toString()).code())
        .isZero();

    for (Map.Entry<String, CommandSpec> each : commands().entrySet()) {
      Path page = folder.resolve("man1").resolve(each.getKey().replace(' ', '-') + ".1");
      String text = Files.readString(page);
      assertThat(text)
          .as(page.toString())
          .startsWith(".TH \"" + each.getKey().replace(' ', '-').toUpperCase(Locale.ROOT))
          .containsSubsequence(
              ".SH NAME",
              ".SH SYNOPSIS",
              ".SH DESCRIPTION",
              ".SH OPTIONS",
              ".SH EXAMPLES",
              "vidame",
              ".SH EXIT STATUS");
      each.getValue().options().stream()
          .filter(option -> !option.hidden())
          .forEach(option ->
              assertThat(text)
                  .as(page.toString())
                  .contains(option.longestName().replace("-", "\\-")));
      assertThat(text.lines()).as(page.toString()).noneMatch(line -> line.startsWith("'"));
    }
  }

  @Test
  void shellsCompleteCommandsAndOptions() throws Exception {
    Shell shell = new Shell(folder);
    String bash = shell.run("completion", "bash").ok().out();
    String zsh = shell.run("completion", "zsh").ok().out();
    String fish = shell.run("completion", "fish").ok().out();

    assertThat(zsh).contains("bashcompinit").endsWith(bash);
    assertThat(fish)
        .contains(
            "complete -c vidame -n '__vidame_at users' -a list -d 'Lists accounts",
            "complete -c vidame -n '__vidame_below users list' -s o -l output -x -a 'table json jsonl csv'",
            "complete -c vidame -n '__vidame_below login' -l client-secret-file -r -F")
        .doesNotContain("warm-up");
    assertThat(completed(bash, "vidame users li")).contains("list", "licenses");
    assertThat(completed(bash, "vidame users list --page")).contains("--page-size");
    assertThat(completed(bash, "vidame users list -o js")).contains("json", "jsonl");
  }

  /** What bash offers for a line that ends where the person presses the tabulator. */
  private List<String> completed(String script, String line) throws Exception {
    Path file = Files.writeString(folder.resolve("completion.bash"), script);
    String[] words = line.split(" ", -1);
    String asked =
        "source '%s'; compopt() { :; }; COMP_WORDS=(%s); COMP_CWORD=%d; COMP_LINE='%s'; _complete_vidame; printf '%%s\\n' \"${COMPREPLY[@]}\""
            .formatted(file, line, words.length - 1, line);
    Process bash =
        new ProcessBuilder("bash", "-c", asked)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .map(String::strip)
        .toList();
  }

  /** The page names every command that technicians have. */
  @Test
  void pageNamesEveryCommand() throws Exception {
    String page = Files.readString(PAGE);

    commands().keySet().stream()
        .filter(name -> !name.matches("vidame( (admin|serve|demo|new-operator).*)?"))
        .forEach(name -> assertThat(page).contains("`" + name));
  }
}
