package dev.vidame.cli.users;

import dev.vidame.cli.client.InputLines;
import dev.vidame.cli.exit.CommandException;
import dev.vidame.cli.exit.ExitCode;
import dev.vidame.cli.terminal.Surroundings;
import dev.vidame.wire.PasswordProfile;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The options that say where an account's new password comes from: standard input, the person at
 * the terminal, or chance. A mixin.
 */
final class PasswordOption {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = "--password-stdin",
      description = "The first line of standard input is the password.")
  private boolean isFromInput;

  @Option(
      names = "--generate-password",
      description = "Makes one by chance and shows it, once, as part of the answer.")
  private boolean isGenerated;

  @Option(
      names = "--keep-password",
      description = "The account's owner need not change it at the next sign-in.")
  private boolean isForGood;

  /**
   * A password.
   *
   * @param profile as it is sent
   * @param shown the password where the caller does not know it yet; else null
   */
  record Chosen(PasswordProfile profile, @Nullable String shown) {
    @Override
    public String toString() {
      return "Chosen[]";
    }
  }

  Chosen choose() {
    if (isFromInput && isGenerated) {
      throw new CommandException(
          ExitCode.USAGE, "Choose one of --password-stdin and --generate-password.");
    }
    Surroundings around = Surroundings.of(Objects.requireNonNull(command));
    String password;
    if (isGenerated) {
      password = generated(around.random());
    } else if (isFromInput) {
      password = InputLines.secret(around.input(), "--password-stdin");
    } else {
      password = asked(around);
    }
    return new Chosen(new PasswordProfile(password, !isForGood), isGenerated ? password : null);
  }

  private static String asked(Surroundings around) {
    String first =
        around
            .terminal()
            .readSecret("New password: ")
            .filter(text -> !text.isEmpty())
            .orElseThrow(() ->
                new CommandException(
                    ExitCode.USAGE,
                    "There is no password. Give it on standard input with --password-stdin, or --generate-password."));
    if (!first.equals(around.terminal().readSecret("Once more: ").orElse(""))) {
      throw new CommandException(ExitCode.DATA, "The two are not the same. Nothing was done.");
    }
    return first;
  }

  /**
   * Three groups of characters that nobody confuses, with at least one capital, one small letter
   * and one digit: 16 characters, which services with an old limit take, and 79 bits.
   */
  static String generated(RandomGenerator random) {
    String letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
    while (true) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 16; i++) {
        text.append(i == 4 || i == 10 ? '-' : letters.charAt(random.nextInt(letters.length())));
      }
      String password = text.toString();
      if (password.matches("(?=.*[A-Z])(?=.*[a-z])(?=.*[0-9]).*")) {
        return password;
      }
    }
  }
}
