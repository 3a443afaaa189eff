package dev.vidame.cli;

import dev.vidame.cli.exit.CommandException;
import dev.vidame.cli.exit.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The arguments as the JVM read them. In a locale without an encoding for them (LC_ALL=C, usual in
 * cron and containers) it turns each letter beyond ASCII into a question mark before any code of
 * this program runs; an account must not be given such a name.
 */
final class Arguments {
  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

  private Arguments() {}

  /**
   * Refuses arguments that the JVM has spoiled.
   *
   * @throws CommandException where it has
   */
  static void requireReadable() {
    String encoding = System.getProperty("sun.jnu.encoding", "").toUpperCase(Locale.ROOT);
    if (encoding.startsWith("UTF") || !isBeyondAscii()) {
      return;
    }
    throw new CommandException(
        ExitCode.USAGE,
        "The locale has no letters beyond ASCII, so the arguments cannot be read. Nothing was done; set LC_ALL=C.UTF-8.");
  }

  /** Where the system does not say what the arguments were, nothing is known against them. */
  private static boolean isBeyondAscii() {
    try {
      for (byte each : Files.readAllBytes(COMMAND_LINE)) {
        if (each < 0) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }
}
