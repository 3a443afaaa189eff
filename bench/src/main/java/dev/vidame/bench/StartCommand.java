package dev.vidame.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench/run start}: how long a start takes. */
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    description = {
      "Starts the service by its launcher, again and again, on a store that is there, and measures the",
      "time from the launch to the first 200: with the AOT cache and without it, in turns. Says the",
      "median, the fastest and the slowest, and how much of the time was the launcher's, a script that",
      "becomes Java in the end. Both are looked at every millisecond.",
      "",
      "The median is to be at most 500 ms with the cache and 1200 ms without. The exit code is 0 where",
      "it is, and 1 otherwise."
    },
    footer = {
      "",
      "Examples:",
      "  bench/run start",
      "  bench/run start --rounds 3 --users 1000    a quick look",
      "  bench/run start | tail -n 1 | jq .start_launcher_ms"
    })
final class StartCommand implements Callable<Integer> {
  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "21",
      description = "Starts of each kind; default ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--users",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Accounts in the store; default ${DEFAULT-VALUE}.")
  private int users;

  @Option(
      names = "--customers",
      paramLabel = "N",
      defaultValue = "20",
      description = "Customers that they belong to; default ${DEFAULT-VALUE}.")
  private int customers;

  @Override
  public Integer call() throws IOException, SQLException {
    if (rounds < 1 || users < 1 || customers < 1) {
      throw new BenchException("--rounds, --users and --customers must be at least 1");
    }
    try (RunScope scope = RunScope.open()) {
      Machine machine = Machine.here(scope.folder());
      Bench.say(machine.toString());
      Bench.say("filling a store with " + users + " accounts");
      SeededStore store =
          SeededStore.create(
              scope.folder().resolve("data"), new SeededStore.Size(users, customers));
      Bench.say("starts with the AOT cache and without, in turns");
      Findings findings = new Findings();
      findings.title("medians of " + rounds + " starts");
      Starts starts = Starts.measure(scope, store, rounds);
      starts.judge(findings);
      starts.tellMore(findings);
      print(machine, findings);
      return findings.areReached() ? 0 : 1;
    }
  }

  private void print(Machine machine, Findings findings) {
    System.out.println(machine);
    System.out.printf("%d users of %d customers%n%n", users, customers);
    System.out.println(findings.table());
    System.out.println(
        findings
            .json()
            .number("users", users, 0)
            .number("customers", customers, 0)
            .number("rounds", rounds, 0)
            .machine(machine));
  }
}
