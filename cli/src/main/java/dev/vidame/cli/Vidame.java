package dev.vidame.cli;

import dev.vidame.cli.admin.AdminCommand;
import dev.vidame.cli.admin.AdminException;
import dev.vidame.cli.audit.AuditCommand;
import dev.vidame.cli.exit.ExitCode;
import dev.vidame.cli.exit.Explanation;
import dev.vidame.cli.terminal.Surroundings;
import dev.vidame.cli.users.UsersCommand;
import dev.vidame.server.StartException;
import dev.vidame.server.seed.SeedException;
import dev.vidame.server.settings.SettingsException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: the service, its operators' commands, and those of technicians and scripts. */
@Command(
    name = "vidame",
    mixinStandardHelpOptions = true,
    version = "vidame 0.1.0-SNAPSHOT",
    description = "A self-hosted user-account service for cloud resellers, and its command line.",
    exitCodeListHeading = "%nExit codes (vidame admin has some of its own):%n",
    footer = {
      "",
      "Examples:",
      "  vidame demo                        the founding operation, start to end",
      "  vidame serve --data /var/lib/vidame --port 8080",
      "  vidame serve --help                how to configure a server",
      "  vidame admin --help                how to arrange a running one",
      "  vidame users list --customer contoso.example"
    })
public final class Vidame implements Surroundings.Surrounded {
  /** What a shell sees when a setting is wrong (sysexits' EX_CONFIG). */
  static final int EXIT_CONFIGURATION = ExitCode.CONFIGURATION.number();

  /** What a shell sees when a server cannot start (sysexits' EX_UNAVAILABLE). */
  static final int EXIT_UNAVAILABLE = ExitCode.UNAVAILABLE.number();

  /** What a shell sees when what was given is not right (sysexits' EX_DATAERR). */
  static final int EXIT_DATA = ExitCode.DATA.number();

  private static final String ADMIN = "admin";

  /**
   * All commands. They are added where the arguments need them and not in the annotation, because
   * reading what a command takes loads its classes, and those of {@code serve} are the whole server.
   */
  private static final Map<String, Class<?>> COMMANDS = commands();

  private static Map<String, Class<?>> commands() {
    Map<String, Class<?>> commands = new LinkedHashMap<>();
    commands.put("serve", ServeCommand.class);
    commands.put(ADMIN, AdminCommand.class);
    commands.put("new-operator", NewOperatorCommand.class);
    commands.put("demo", DemoCommand.class);
    commands.put("users", UsersCommand.class);
    commands.put("audit", AuditCommand.class);
    commands.put("warm-up", WarmUpCommand.class);
    return commands;
  }

  private final Surroundings surroundings;

  private Vidame(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Surroundings surroundings() {
    return surroundings;
  }

  /** Runs the command that the arguments name and exits with its code. */
  public static void main(String[] arguments) {
    configureLogging();
    CommandLine program = commandLine(arguments);
    program.setOut(writer(FileDescriptor.out)).setErr(writer(FileDescriptor.err));
    System.exit(program.execute(arguments));
  }

  /** UTF-8, whatever the locale says: what is piped from one command into another stays what it was. */
  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), true);
  }

  /** The commands, as far as these arguments need them. */
  static CommandLine commandLine(String... arguments) {
    return commandLine(Surroundings.real(), arguments);
  }

  /** The same with other surroundings. */
  static CommandLine commandLine(Surroundings surroundings, String... arguments) {
    CommandLine program = new CommandLine(new Vidame(surroundings));
    String first = arguments.length == 0 ? "" : arguments[0];
    COMMANDS.forEach((name, type) -> {
      if (name.equals(first) || !COMMANDS.containsKey(first)) {
        program.addSubcommand(name, type);
      }
    });
    if (List.of(arguments).contains(ADMIN)) {
      AdminCommand.addGroups(Objects.requireNonNull(program.getSubcommands().get(ADMIN)));
    }
    program.getCommandSpec().usageMessage().exitCodeList(ExitCode.list());
    return program
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Vidame::explain);
  }

  /** What a person can do something about is told without a stack trace. */
  private static int explain(
      Exception problem, CommandLine command, CommandLine.ParseResult arguments) throws Exception {
    Optional<Explanation> explanation = Explanation.of(problem);
    if (explanation.isPresent()) {
      command.getOut().flush();
      explanation.get().lines().forEach(line -> command.getErr().println("vidame: " + line));
      return explanation.get().code().number();
    }
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
