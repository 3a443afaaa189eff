package dev.vidame.cli.signin;

import dev.vidame.cli.client.InputLines;
import dev.vidame.cli.exit.CommandException;
import dev.vidame.cli.exit.ExitCode;
import dev.vidame.cli.terminal.Surroundings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how to sign in. A mixin. */
final class SignInWay {
  private static final String STANDARD_INPUT = "-";

  @Option(
      names = "--device-code",
      description = {
        "With a browser, here or elsewhere; what is done unless one of the next options is given.",
        "Needed only beside --client-secret-file."
      })
  private boolean isDeviceCode;

  @Option(
      names = "--client-secret-file",
      paramLabel = "FILE",
      description = {
        "A file with the application's secret, - for standard input. Alone, the application signs in for itself, and",
        "can read but change no accounts; beside --username or --device-code, it proves itself while a person signs in."
      })
  private @Nullable String secretFile;

  @Option(
      names = "--client-certificate",
      paramLabel = "FILE",
      description =
          "A PEM file with the application's RSA key and certificate; the application signs in for itself.")
  private @Nullable Path certificate;

  @Option(
      names = "--username",
      paramLabel = "NAME@DOMAIN",
      description = "A person's sign-in name, where the service takes passwords.")
  private @Nullable String username;

  @Option(
      names = "--password-stdin",
      description = "The first line of standard input is the password; without, it is asked for.")
  private boolean isPasswordFromInput;

  /** Whether one is given at all. */
  boolean isGiven() {
    return isDeviceCode || secretFile != null || certificate != null || username != null;
  }

  /** Whose password is used; empty for a sign-in with a browser. */
  Optional<String> username() {
    return Optional.ofNullable(username);
  }

  /** The file with the application's key, wherever commands are run later. */
  Optional<Path> certificate() {
    return Optional.ofNullable(certificate).map(Path::toAbsolutePath);
  }

  boolean hasCertificate() {
    return certificate != null;
  }

  /** Whether the application is to sign in for itself. */
  boolean isApplicationAlone() {
    return certificate != null || (secretFile != null && username == null && !isDeviceCode);
  }

  /** Refuses what cannot be meant. */
  void check() {
    if (certificate != null && (secretFile != null || username != null || isDeviceCode)) {
      throw usage("--client-certificate stands alone: the application signs in for itself.");
    }
    if (username != null && isDeviceCode) {
      throw usage("Choose one of --username and --device-code.");
    }
    if (isPasswordFromInput && username == null) {
      throw usage("--password-stdin needs --username.");
    }
    if (isPasswordFromInput && STANDARD_INPUT.equals(secretFile)) {
      throw usage("Password and secret cannot both come from standard input.");
    }
  }

  private static CommandException usage(String text) {
    return new CommandException(ExitCode.USAGE, text);
  }

  /** The application's secret. */
  Optional<String> secret(Surroundings around) {
    if (secretFile == null) {
      return Optional.empty();
    }
    if (secretFile.equals(STANDARD_INPUT)) {
      return Optional.of(InputLines.secret(around.input(), "--client-secret-file"));
    }
    try {
      String text = Files.readString(Path.of(secretFile)).strip();
      if (text.isEmpty()) {
        throw new CommandException(ExitCode.DATA, "There is nothing in " + secretFile + ".");
      }
      return Optional.of(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The person's password. */
  String password(Surroundings around) {
    if (isPasswordFromInput) {
      return InputLines.secret(around.input(), "--password-stdin");
    }
    return around
        .terminal()
        .readSecret("Password of " + username + ": ")
        .filter(text -> !text.isEmpty())
        .orElseThrow(
            () -> usage("There is no password. Give it on standard input with --password-stdin."));
  }
}
