package dev.vidame.server.settings;

import java.util.List;

/** Settings that a server cannot start with. */
public final class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  /** Each problem as the operator will read it. */
  public SettingsException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = List.copyOf(problems);
  }

  /** Each bad setting, with where it was set and what is allowed. */
  public List<String> problems() {
    return problems;
  }
}
