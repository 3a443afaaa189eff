package dev.vidame.cli.terminal;

import java.util.Optional;

/** Where a person may be sitting. Each of the three streams may be a terminal or not. */
public interface Terminal {
  /** How wide a terminal is of which nobody knows it. */
  int USUAL_COLUMNS = 80;

  /** Whether standard input is one. */
  boolean isInput();

  /** Whether standard output is one. */
  boolean isOutput();

  /** Whether standard error is one. */
  boolean isError();

  /** How many characters a line holds. */
  int columns();

  /**
   * Asks for a line that is not shown while it is typed.
   *
   * @return empty where nobody can be asked, or nobody answered
   */
  Optional<String> readSecret(String prompt);

  /** Whether a person can be asked something. */
  default boolean isInteractive() {
    return isInput() && isError();
  }

  /** No terminal at all, as in a pipe. */
  static Terminal none() {
    return new Terminal() {
      @Override
      public boolean isInput() {
        return false;
      }

      @Override
      public boolean isOutput() {
        return false;
      }

      @Override
      public boolean isError() {
        return false;
      }

      @Override
      public int columns() {
        return USUAL_COLUMNS;
      }

      @Override
      public Optional<String> readSecret(String prompt) {
        return Optional.empty();
      }
    };
  }
}
