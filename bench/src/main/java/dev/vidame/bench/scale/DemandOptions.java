package dev.vidame.bench.scale;

import picocli.CommandLine.Option;

/** What is asked for. */
final class DemandOptions {
  @Option(
      names = "--users",
      paramLabel = "N",
      defaultValue = "100000000",
      description = "Accounts; default ${DEFAULT-VALUE}.")
  private long users;

  @Option(
      names = "--customers",
      paramLabel = "N",
      defaultValue = "2000000",
      description = "Customers that they belong to; default ${DEFAULT-VALUE}.")
  private int customers;

  @Option(
      names = "--skew",
      paramLabel = "S",
      defaultValue = "0.8",
      description = {
        "The k-th largest customer has 1/k^S of the users of the largest one; 0 for one size;",
        "default ${DEFAULT-VALUE}."
      })
  private double skew;

  @Option(
      names = "--changes",
      paramLabel = "N",
      defaultValue = "0.03",
      description = "Changes of an account per day; default ${DEFAULT-VALUE}.")
  private double changes;

  @Option(
      names = "--reads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Reads of an account per day; default ${DEFAULT-VALUE}.")
  private double reads;

  @Option(
      names = "--peak",
      paramLabel = "N",
      defaultValue = "5",
      description = "The busiest time, in means of a day; default ${DEFAULT-VALUE}.")
  private double peak;

  Demand demand() {
    return new Demand(users, customers, skew, changes, reads, peak);
  }
}
