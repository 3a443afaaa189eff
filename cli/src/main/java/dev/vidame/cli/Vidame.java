package dev.vidame.cli;

import dev.vidame.cli.admin.AdminCommand;
import dev.vidame.cli.admin.AdminException;
import dev.vidame.server.StartException;
import dev.vidame.server.seed.SeedException;
import dev.vidame.server.settings.SettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: {@code vidame serve}, {@code vidame admin}, {@code vidame demo}. */
@Command(
    name = "vidame",
    mixinStandardHelpOptions = true,
    version = "vidame 0.1.0-SNAPSHOT",
    description = "A self-hosted user-account service for cloud resellers.",
    subcommands = {
      ServeCommand.class,
      AdminCommand.class,
      NewOperatorCommand.class,
      DemoCommand.class,
      WarmUpCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  vidame demo                        the founding operation, start to end",
      "  vidame serve --data /var/lib/vidame --port 8080",
      "  vidame serve --help                how to configure a server",
      "  vidame admin --help                how to arrange a running one"
    })
public final class Vidame {
  /** What a shell sees when a setting is wrong (sysexits' EX_CONFIG). */
  static final int EXIT_CONFIGURATION = 78;

  /** What a shell sees when a server cannot start (sysexits' EX_UNAVAILABLE). */
  static final int EXIT_UNAVAILABLE = 69;

  /** What a shell sees when what was given is not right (sysexits' EX_DATAERR). */
  static final int EXIT_DATA = 65;

  private static final String ADMIN = "admin";

  private Vidame() {}

  /** Runs the command that the arguments name and exits with its code. */
  public static void main(String[] arguments) {
    configureLogging();
    System.exit(commandLine(arguments).execute(arguments));
  }

  /** The commands, as far as these arguments need them. */
  static CommandLine commandLine(String... arguments) {
    CommandLine program = new CommandLine(new Vidame());
    if (List.of(arguments).contains(ADMIN)) {
      AdminCommand.addGroups(Objects.requireNonNull(program.getSubcommands().get(ADMIN)));
    }
    return program
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Vidame::explain);
  }

  /** What a person can do something about is told without a stack trace. */
  private static int explain(
      Exception problem, CommandLine command, CommandLine.ParseResult arguments) throws Exception {
    if (problem instanceof SettingsException settings) {
      settings.problems().forEach(text -> command.getErr().println("vidame: " + text));
      return EXIT_CONFIGURATION;
    }
    if (problem instanceof AdminException admin) {
      command.getErr().println("vidame: " + problem.getMessage());
      return admin.exitCode();
    }
    if (problem instanceof SeedException) {
      command.getErr().println("vidame: " + problem.getMessage());
      return EXIT_DATA;
    }
    if (problem instanceof StartException || problem instanceof NotEmptyException) {
      command.getErr().println("vidame: " + problem.getMessage());
      return EXIT_UNAVAILABLE;
    }
    throw problem;
  }

  private static void configureLogging() {
    if (System.getProperty("java.util.logging.config.file") != null) {
      return;
    }
    try (InputStream properties = Vidame.class.getResourceAsStream("/logging.properties")) {
      LogManager.getLogManager().readConfiguration(properties);
    } catch (IOException e) {
      throw new UncheckedIOException("The program's own logging settings cannot be read", e);
    }
  }
}
