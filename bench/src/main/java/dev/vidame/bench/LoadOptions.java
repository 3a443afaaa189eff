package dev.vidame.bench;

import picocli.CommandLine.Option;

/** How much store and how much load: options that several commands share. */
public final class LoadOptions {
  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "10",
      description = "How long each step is measured; default ${DEFAULT-VALUE}.")
  private int seconds;

  /**
   * The compiler is done with the server after some 15 seconds, on two cores that it shares with
   * the load.
   */
  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many seconds of load come before; default ${DEFAULT-VALUE}.")
  private int warmUpSeconds;

  @Option(
      names = "--users",
      paramLabel = "N",
      defaultValue = "200000",
      description = "Accounts in the store; default ${DEFAULT-VALUE}.")
  private int users;

  @Option(
      names = "--customers",
      paramLabel = "N",
      defaultValue = "20",
      description = "Customers that they belong to; default ${DEFAULT-VALUE}.")
  private int customers;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "64",
      description = "Requests under way at once; default ${DEFAULT-VALUE}.")
  private int connections;

  Load load() {
    return new Load(
        positive("--connections", connections),
        positive("--warm-up", warmUpSeconds),
        positive("--seconds", seconds));
  }

  /** How much is in the store. */
  public SeededStore.Size size() {
    return new SeededStore.Size(positive("--users", users), positive("--customers", customers));
  }

  private static int positive(String option, int value) {
    if (value <= 0) {
      throw new BenchException(option + " must be at least 1");
    }
    return value;
  }
}
