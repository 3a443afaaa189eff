package dev.vidame.cli.help;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vidame completion}. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = {
      "Prints a script that teaches a shell to complete the commands and options of vidame.",
      "docs/command-line.md says where each shell looks for it."
    },
    footer = {
      "",
      "Examples:",
      "  vidame completion bash > ~/.local/share/bash-completion/completions/vidame",
      "  vidame completion zsh > ~/.vidame-completion.zsh    and in ~/.zshrc: source ~/.vidame-completion.zsh",
      "  vidame completion fish > ~/.config/fish/completions/vidame.fish"
    })
public final class CompletionCommand implements Callable<Integer> {
  /** A shell. */
  enum Shell {
    BASH,
    ZSH,
    FISH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
  private Shell shell = Shell.BASH;

  @Override
  public Integer call() {
    CommandSpec command = Objects.requireNonNull(spec);
    CommandLine program = WholeProgram.of(command);
    PrintWriter out = command.commandLine().getOut();
    out.print(
        switch (shell) {
          case BASH -> AutoComplete.bash(program.getCommandName(), program);
          // The script of bash does for zsh once zsh is told to read such scripts.
          case ZSH ->
              "autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n"
                  + AutoComplete.bash(program.getCommandName(), program);
          case FISH -> FishCompletion.of(program);
        });
    out.flush();
    return 0;
  }
}
