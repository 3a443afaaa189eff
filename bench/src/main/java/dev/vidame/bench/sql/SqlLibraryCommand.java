package dev.vidame.bench.sql;

import dev.vidame.bench.Accounts;
import dev.vidame.bench.Bench;
import dev.vidame.bench.BenchException;
import dev.vidame.bench.ClosedLoop;
import dev.vidame.bench.JsonLine;
import dev.vidame.bench.Machine;
import dev.vidame.bench.Rate;
import dev.vidame.bench.RunScope;
import dev.vidame.bench.SeededStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench/run sql-library}: SQL by hand against libraries, for decision record 0014. */
@Command(
    name = "sql-library",
    mixinStandardHelpOptions = true,
    description = {
      "Compares SQL by hand with JDBI and jOOQ.",
      "",
      "Runs the statements of a PATCH through a group commit: by hand in the product's session, by",
      "hand on plain JDBC, by JDBI and by jOOQ, in turns, in one process, each on a store of its own.",
      "Says changes per second and the writer thread's processor time for one change; the latter",
      "hardly depends on the disk and on what else the machine does."
    },
    footer = {
      "",
      "Examples:",
      "  bench/run sql-library",
      "  bench/run sql-library --rounds 3 --seconds 2 --users 20000     a quick look"
    })
public final class SqlLibraryCommand implements Callable<Integer> {
  private static final String BASELINE = "plain JDBC";
  private static final double NANOS_PER_MICRO = 1e3;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "4",
      description = "How long a round takes for each; default ${DEFAULT-VALUE}.")
  private int seconds;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "7",
      description = "Rounds that count; two more warm up. Default ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--users",
      paramLabel = "N",
      defaultValue = "200000",
      description = "Accounts in the store; default ${DEFAULT-VALUE}.")
  private int users;

  @Option(
      names = "--writers",
      paramLabel = "N",
      defaultValue = "64",
      description = "Callers at once; default ${DEFAULT-VALUE}.")
  private int writers;

  private static final int WARM_UP_ROUNDS = 2;
  private static final int CUSTOMERS = 20;

  /** One contestant's rounds. */
  private record Series(Contestant contestant, List<Double> rates, List<Double> writerMicros) {
    double rate() {
      return median(rates);
    }

    double micros() {
      return median(writerMicros);
    }
  }

  @Override
  public Integer call() throws IOException, SQLException {
    try (RunScope scope = RunScope.open()) {
      Machine machine = Machine.here(scope.folder());
      Bench.say(machine.toString());
      Bench.say("filling a store with " + users + " accounts");
      SeededStore store =
          SeededStore.create(
              scope.folder().resolve("data"), new SeededStore.Size(users, CUSTOMERS));
      List<Series> all =
          contestants(store, scope.folder()).stream()
              .map(contestant -> new Series(contestant, new ArrayList<>(), new ArrayList<>()))
              .toList();
      try {
        compete(all, Accounts.read(store.accountsFile()));
        print(all, machine);
      } finally {
        all.forEach(series -> series.contestant().close());
      }
    }
    return 0;
  }

  private static List<Contestant> contestants(SeededStore store, Path folder) throws IOException {
    return List.of(
        ProductSession.open(store.copyTo(folder.resolve("session.db"))),
        GroupCommit.open(BASELINE, store.copyTo(folder.resolve("jdbc.db")), JdbcStatements::new),
        GroupCommit.open(
            "JDBI", store.copyTo(folder.resolve("jdbi.db")), JdbiStatements::asItComes),
        GroupCommit.open(
            "JDBI, statements kept",
            store.copyTo(folder.resolve("jdbi-kept.db")),
            JdbiStatements::keepingStatements),
        GroupCommit.open("jOOQ", store.copyTo(folder.resolve("jooq.db")), JooqStatements::new));
  }

  private void compete(List<Series> all, Accounts accounts) {
    for (int round = 0; round < WARM_UP_ROUNDS + rounds; round++) {
      Bench.say("round " + (round + 1) + " of " + (WARM_UP_ROUNDS + rounds));
      List<Series> order = new ArrayList<>(all);
      Collections.rotate(order, round); // nobody always follows the same one
      for (Series series : order) {
        run(series, accounts, round >= WARM_UP_ROUNDS);
      }
    }
  }

  private void run(Series series, Accounts accounts, boolean counts) {
    Contestant contestant = series.contestant();
    ClosedLoop loop =
        new ClosedLoop(
            writers,
            (thread, random, number) -> {
              int account = random.nextInt(accounts.count());
              contestant.patch(
                  new PatchWork.Change(
                      accounts.customer(account).value(),
                      accounts.user(account).value(),
                      "Name " + thread + " " + number));
            });
    long before = cpuNanos(contestant.writerThread());
    Rate rate = loop.run(Duration.ofSeconds(seconds));
    long cpu = cpuNanos(contestant.writerThread()) - before;
    if (counts) {
      series.rates().add(rate.perSecond());
      series.writerMicros().add(cpu / NANOS_PER_MICRO / rate.answers());
    }
  }

  private static long cpuNanos(String threadName) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (thread != null && thread.getThreadName().equals(threadName)) {
        return threads.getThreadCpuTime(thread.getThreadId());
      }
    }
    throw new BenchException("There is no thread " + threadName);
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private void print(List<Series> all, Machine machine) {
    Series baseline =
        all.stream()
            .filter(series -> series.contestant().name().equals(BASELINE))
            .findFirst()
            .orElseThrow();
    JsonLine json = new JsonLine();
    System.out.println(machine);
    System.out.printf(
        "%d users, %d writers, median of %d rounds of %d s%n%n", users, writers, rounds, seconds);
    System.out.println(
        "                         changes/s   of plain   lowest  highest   writer's CPU per change");
    for (Series series : all) {
      String name = series.contestant().name();
      System.out.printf(
          "%-24s %9.0f %9.0f%% %8.0f %8.0f %10.1f us%n",
          name,
          series.rate(),
          100 * series.rate() / baseline.rate(),
          Collections.min(series.rates()),
          Collections.max(series.rates()),
          series.micros());
      String key = name.replaceAll("[^A-Za-z]+", "_").toLowerCase(java.util.Locale.ROOT);
      json.number(key + "_per_s", series.rate(), 0)
          .number(key + "_ratio", series.rate() / baseline.rate(), 3)
          .number(key + "_writer_us", series.micros(), 2);
    }
    System.out.println();
    System.out.println(
        json.number("users", users, 0).number("writers", writers, 0).machine(machine));
  }
}
