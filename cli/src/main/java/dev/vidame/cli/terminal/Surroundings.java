package dev.vidame.cli.terminal;

import java.io.InputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.random.RandomGenerator;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What a command finds around itself, so that tests can put it elsewhere. Commands ask {@link
 * #of(CommandSpec)} for it, and nothing else for any of it.
 *
 * @param environment the environment's variables
 * @param terminal where a person may sit
 * @param input standard input
 * @param clock the time
 * @param random what secrets are made of
 */
public record Surroundings(
    Map<String, String> environment,
    Terminal terminal,
    InputStream input,
    Clock clock,
    RandomGenerator random) {

  /** Those of this process. */
  public static Surroundings real() {
    return new Surroundings(
        System.getenv(),
        new ProcessTerminal(System.getenv()),
        System.in,
        Clock.systemUTC(),
        new SecureRandom());
  }

  /** Those of the program that the command is part of. */
  public static Surroundings of(CommandSpec command) {
    // The command of a mixin within a mixin is the outer mixin; its command line is the real one's.
    CommandLine line = command.commandLine();
    CommandSpec real = line == null ? command : line.getCommandSpec();
    return real.root().userObject() instanceof Surrounded program
        ? program.surroundings()
        : real();
  }

  /** Has surroundings for all of its commands. */
  public interface Surrounded {
    /** Them. */
    Surroundings surroundings();
  }

  /** Shows no variable's value, which may be a secret. */
  @Override
  public String toString() {
    return "Surroundings" + environment.keySet();
  }
}
