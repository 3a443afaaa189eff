package dev.vidame.cli.exit;

/**
 * A command that comes to nothing. The message is for the person at the terminal: what is wrong,
 * and in its last sentence what to do next. It never holds a secret.
 */
public final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode code;

  /** Ends the command with this code and this text. */
  public CommandException(ExitCode code, String message) {
    super(message);
    this.code = code;
  }

  /** The same, with what was behind it. */
  public CommandException(ExitCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** What the shell sees. */
  public ExitCode code() {
    return code;
  }
}
