package dev.vidame.cli.terminal;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The terminal that the process was started from. Linux tells of each stream what it is; elsewhere
 * the JDK tells of all of them together.
 */
final class ProcessTerminal implements Terminal {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final File DEVICE = new File("/dev/tty");
  private static final int NARROWEST = 20;

  private final Map<String, String> environment;

  ProcessTerminal(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public boolean isInput() {
    return isTerminal("0");
  }

  @Override
  public boolean isOutput() {
    return isTerminal("1");
  }

  @Override
  public boolean isError() {
    return isTerminal("2");
  }

  private static boolean isTerminal(String descriptor) {
    try {
      String device = Files.readSymbolicLink(DESCRIPTORS.resolve(descriptor)).toString();
      return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty")
          || device.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException e) {
      Console console = console();
      return console != null && console.isTerminal();
    }
  }

  /** Where the JDK is told to have no console, there is none to ask. */
  @SuppressWarnings(
      "SystemConsoleNull") // it is null where jdk.console names a module that is not there
  private static @Nullable Console console() {
    return System.console();
  }

  @Override
  public int columns() {
    return number(environment.getOrDefault("COLUMNS", ""))
        .or(ProcessTerminal::asked)
        .orElse(USUAL_COLUMNS);
  }

  /** {@code stty} is where terminals are; the JDK does not ask them. */
  private static Optional<Integer> asked() {
    if (!DEVICE.canRead()) {
      return Optional.empty();
    }
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(DEVICE)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said =
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
      return number(said.substring(said.indexOf(' ') + 1));
    } catch (IOException e) {
      // It is not installed.
      return Optional.empty();
    }
  }

  private static Optional<Integer> number(String text) {
    return text.matches("\\d{1,5}") && Integer.parseInt(text) >= NARROWEST
        ? Optional.of(Integer.parseInt(text))
        : Optional.empty();
  }

  @Override
  public Optional<String> readSecret(String prompt) {
    Console console = console();
    if (console == null) {
      return Optional.empty();
    }
    char[] typed = console.readPassword("%s", prompt);
    return typed == null ? Optional.empty() : Optional.of(new String(typed));
  }
}
