package dev.vidame.bench;

import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench/run list}: what a page of a long list costs, at the beginning and deep. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = {
      "Measures pages of one customer's accounts, or of a partner's customers: the first one, and one",
      "deep in the list.",
      "",
      "The two take turns, because a machine is not the same from one minute to the next."
    },
    footer = {
      "",
      "Examples:",
      "  bench/run list --customers 1",
      "  bench/run list --customers 1 --remembered",
      "  bench/run list --of customers --customers 100000 --deep 900",
      "  bench/run list --customers 1 --users 20000 --deep 200 --seconds 3    a quick look"
    })
final class ListCommand implements Callable<Integer> {
  private static final int SIZE = 100;
  private static final int ROUNDS = 5;
  private static final double LEAST_PAGES = 3_000;
  private static final double MOST_P99_RATIO = 1.5;

  @Mixin private LoadOptions options = new LoadOptions();

  /** What can be listed. */
  enum Of {
    users,
    customers
  }

  @Option(
      names = "--of",
      paramLabel = "LIST",
      defaultValue = "users",
      description = "users or customers; default ${DEFAULT-VALUE}.")
  private Of of = Of.users;

  @Option(
      names = "--deep",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Which page is the deep one; default ${DEFAULT-VALUE}.")
  private int deep;

  @Option(
      names = "--remembered",
      description = "Lets the server answer with pages that it remembers instead of reading each.")
  private boolean isRemembered;

  @Override
  public Integer call() throws IOException, SQLException {
    Load load = options.load();
    try (RunScope scope = RunScope.open()) {
      Machine machine = Machine.here(scope.folder());
      Bench.say("filling a store with " + options.size().users() + " accounts");
      SeededStore store = SeededStore.create(scope.folder().resolve("data"), options.size());
      String list = path(store);
      Wrk wrk = new Wrk(scope, store.accountsFile(), load.connections());
      List<String> settings = isRemembered ? List.of() : Product.READING_EACH_PAGE;
      try (Product product = Product.start(scope, store, "", settings)) {
        URI server = product.server().address();
        String token = store.accessToken(server);
        Bench.say("walking to page " + deep);
        String last = new Pages(server.resolve(list), token).tokenBefore(deep);
        Wrk.Page first = new Wrk.Page(server, list, token, "");
        Wrk.Page deepOne = new Wrk.Page(server, list + "&seekOperation=Next", token, last);
        wrk.run(first, load.warmUpSeconds());
        wrk.run(deepOne, load.warmUpSeconds());
        List<Rate> firsts = new ArrayList<>();
        List<Rate> deeps = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
          firsts.add(wrk.run(first, Math.max(1, load.seconds() / ROUNDS)));
          deeps.add(wrk.run(deepOne, Math.max(1, load.seconds() / ROUNDS)));
        }
        print(machine, Rate.of(firsts), Rate.of(deeps));
      }
    }
    return 0;
  }

  private String path(SeededStore store) throws IOException {
    String ofCustomer =
        of == Of.customers ? "" : "/" + Accounts.read(store.accountsFile()).customer(0) + "/users";
    return "/v1/customers" + ofCustomer + "?size=" + SIZE;
  }

  private void print(Machine machine, Rate first, Rate deepOne) {
    double ratio = deepOne.p99Millis() / first.p99Millis();
    System.out.println(machine);
    System.out.printf(
        "%d users of %d customers, pages of %d %s%n%n",
        options.size().users(), options.size().customers(), SIZE, of);
    System.out.println("                 pages/s     p50 ms     p99 ms slowest ms");
    row("page 1", first);
    row("page " + deep, deepOne);
    System.out.println();
    if (of == Of.users) {
      System.out.printf(
          "pages per second %10.0f   at least %8.0f  %s%n",
          first.perSecond(), LEAST_PAGES, first.perSecond() >= LEAST_PAGES ? "ok" : "MISSED");
    }
    System.out.printf(
        "p99, deep/first  %10.2f   at most  %8.2f  %s%n%n",
        ratio, MOST_P99_RATIO, ratio <= MOST_P99_RATIO ? "ok" : "MISSED");
    System.out.println(
        new JsonLine()
            .number("pages_per_s", first.perSecond(), 0)
            .number("first_p99_ms", first.p99Millis(), 2)
            .number("deep_pages_per_s", deepOne.perSecond(), 0)
            .number("deep_p99_ms", deepOne.p99Millis(), 2)
            .number("p99_ratio", ratio, 2)
            .number("slowest_ms", Math.max(first.slowestMillis(), deepOne.slowestMillis()), 0)
            .number("users", options.size().users(), 0)
            .machine(machine));
  }

  private static void row(String name, Rate rate) {
    System.out.printf(
        "%-14s %9.0f %10.2f %10.2f %10.0f%n",
        name, rate.perSecond(), rate.p50Millis(), rate.p99Millis(), rate.slowestMillis());
  }
}
