package dev.vidame.cli;

import dev.vidame.cli.terminal.Terminal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A terminal of all three streams where a person types what the test says. */
final class FakeTerminal implements Terminal {
  private final int columns;
  private final Deque<String> secrets;

  FakeTerminal(int columns, String... secrets) {
    this.columns = columns;
    this.secrets = new ArrayDeque<>(List.of(secrets));
  }

  @Override
  public boolean isInput() {
    return true;
  }

  @Override
  public boolean isOutput() {
    return true;
  }

  @Override
  public boolean isError() {
    return true;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public Optional<String> readSecret(String prompt) {
    return Optional.ofNullable(secrets.poll());
  }
}
