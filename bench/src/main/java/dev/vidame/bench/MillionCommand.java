package dev.vidame.bench;

import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench/run million}: whether a hundred times as many accounts cost more. */
@Command(
    name = "million",
    mixinStandardHelpOptions = true,
    description = {
      "Measures PATCH with many accounts of many customers against PATCH with few, in turns; the memory",
      "of the server with many; and in one customer that has all of them the first page and a deep one.",
      "",
      "The exit code is 0 where all figures are reached, and 1 otherwise."
    },
    footer = {
      "",
      "Examples:",
      "  bench/run million                       about 8 minutes",
      "  bench/run million --only patch          about 4 minutes",
      "  bench/run million --users=50000 --customers=1000 --deep=400 --seconds=2 --warm-up=2",
      "  bench/run million | tail -n 1 | jq .patch_ratio"
    })
final class MillionCommand implements Callable<Integer> {
  private static final int SIZE = 100;
  private static final int ROUNDS = 5;
  private static final double LEAST_PATCH_RATIO = 0.80;
  private static final double MOST_MEGABYTES = 512;
  private static final double MOST_P99_RATIO = 1.5;

  @Option(
      names = "--users",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "Many accounts; default ${DEFAULT-VALUE}.")
  private int users;

  @Option(
      names = "--customers",
      paramLabel = "N",
      defaultValue = "20000",
      description = "Customers that they belong to; default ${DEFAULT-VALUE}.")
  private int customers;

  @Option(
      names = "--few",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Few accounts; default ${DEFAULT-VALUE}.")
  private int few;

  @Option(
      names = "--few-customers",
      paramLabel = "N",
      defaultValue = "20",
      description = {
        "Customers that these belong to; default ${DEFAULT-VALUE}. With 200, a customer has as many accounts",
        "as one of the many."
      })
  private int fewCustomers;

  @Option(
      names = "--deep",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Which page of 100 is the deep one; default ${DEFAULT-VALUE}.")
  private int deep;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "64",
      description = "Requests under way at once; default ${DEFAULT-VALUE}.")
  private int connections;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "20",
      description = "Seconds of load before; default ${DEFAULT-VALUE}.")
  private int warmUp;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "8",
      description = "How long each of five turns is measured; default ${DEFAULT-VALUE}.")
  private int seconds;

  /** What can be measured. */
  enum Part {
    patch,
    pages
  }

  @Option(
      names = "--only",
      paramLabel = "PART",
      description = "One part, instead of both: ${COMPLETION-CANDIDATES}.")
  private @Nullable Part only;

  @Override
  public Integer call() throws IOException, SQLException {
    if (deep < 2 || (long) deep * SIZE > users) {
      throw new BenchException("There is no page " + deep + " of " + SIZE + " with " + users);
    }
    Findings findings = new Findings();
    try (RunScope scope = RunScope.open()) {
      Machine machine = Machine.here(scope.folder());
      if (only != Part.pages) {
        patches(scope, findings);
      }
      if (only != Part.patch) {
        pages(scope, findings);
      }
      System.out.println(machine);
      System.out.println();
      System.out.println(findings.table());
      System.out.println(
          findings
              .json()
              .number("users", users, 0)
              .number("customers", customers, 0)
              .number("few", few, 0)
              .number("few_customers", fewCustomers, 0)
              .machine(machine));
    }
    return findings.areReached() ? 0 : 1;
  }

  private void patches(RunScope scope, Findings findings) throws IOException, SQLException {
    Bench.say("filling a store with " + few + " accounts, and one with " + users);
    SeededStore little =
        SeededStore.create(scope.folder().resolve("few"), new SeededStore.Size(few, fewCustomers));
    SeededStore large =
        SeededStore.create(scope.folder().resolve("many"), new SeededStore.Size(users, customers));
    try (Product fewOnes = Product.start(scope, little, "");
        Product manyOnes = Product.start(scope, large, "")) {
      Bench.say("PATCH with few and with many, in turns");
      Patches onFew = new Patches(scope, little, fewOnes);
      Patches onMany = new Patches(scope, large, manyOnes);
      onFew.run(warmUp);
      onMany.run(warmUp);
      Turns turns = Turns.run(ROUNDS, () -> onFew.run(seconds), () -> onMany.run(seconds));
      findings.title("PATCH");
      findings.rate("few accounts", "few", turns.first());
      findings.rate("many accounts", "many", turns.second());
      findings.atLeast(
          "many, of few's rate", "patch_ratio", turns.ratio(Rate::perSecond), LEAST_PATCH_RATIO);
      findings.atMost(
          "RSS at its peak, MB", "rss_mb", manyOnes.server().peakMegabytes(), MOST_MEGABYTES);
    }
  }

  /** PATCH of one server's accounts. */
  private final class Patches {
    private final Wrk wrk;
    private final Wrk.Target target;

    Patches(RunScope scope, SeededStore store, Product product) {
      URI server = product.server().address();
      wrk = new Wrk(scope, store.accountsFile(), connections);
      target = new Wrk.Target(server, "PATCH", store.accessToken(server));
    }

    Rate run(int howLong) throws IOException {
      return wrk.run(target, howLong);
    }
  }

  private void pages(RunScope scope, Findings findings) throws IOException, SQLException {
    Bench.say("filling a store with one customer of " + users + " accounts");
    SeededStore store =
        SeededStore.create(scope.folder().resolve("one"), new SeededStore.Size(users, 1));
    Wrk wrk = new Wrk(scope, store.accountsFile(), connections);
    try (Product product = Product.start(scope, store, "", Product.READING_EACH_PAGE)) {
      URI server = product.server().address();
      String token = store.accessToken(server);
      String list =
          "/v1/customers/%s/users?size=%d"
              .formatted(Accounts.read(store.accountsFile()).customer(0), SIZE);
      Bench.say("walking to page " + deep);
      String before = new Pages(server.resolve(list), token).tokenBefore(deep);
      Wrk.Page first = new Wrk.Page(server, list, token, "");
      Wrk.Page deepOne = new Wrk.Page(server, list + "&seekOperation=Next", token, before);
      wrk.run(first, warmUp);
      wrk.run(deepOne, warmUp);
      Turns turns =
          Turns.run(ROUNDS, () -> wrk.run(first, seconds), () -> wrk.run(deepOne, seconds));
      findings.title("Pages of " + SIZE);
      findings.rate("page 1", "first", turns.first());
      findings.rate("page " + deep, "deep", turns.second());
      findings.atMost(
          "p99, deep of first's", "p99_ratio", turns.ratio(Rate::p99Millis), MOST_P99_RATIO);
    }
  }
}
