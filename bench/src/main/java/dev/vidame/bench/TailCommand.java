package dev.vidame.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench/run tail}: how long the slowest changes take, by who makes checkpoints. */
@Command(
    name = "tail",
    mixinStandardHelpOptions = true,
    description = {
      "Measures PATCH at fixed paces, for several ways of taking SQLite's log into its file.",
      "",
      "Each way has a server and a store of its own, with the same accounts. They take turns, because",
      "a disk is not the same from one minute to the next; who is not measured has nothing to do.",
      "",
      "Fails where an answer was not 200, or a journal did not grow by exactly one row for each.",
      "",
      "The way that servers have unless told otherwise, thread:32000, is to keep its p99 within 10 ms at",
      "3000 PATCH per second and within 25 ms at 6000. The exit code is 0 where it does, or was not",
      "measured at these paces, and 1 otherwise."
    },
    footer = {
      "",
      "Examples:",
      "  bench/run tail",
      "  bench/run tail --ways thread:32000,thread:1000,writer:250 --seconds 30",
      "  bench/run tail --paces 3000 --seconds 3 --warm-up 3 --rounds 1 --users 20000    a quick look"
    })
final class TailCommand implements Callable<Integer> {
  private static final Pattern WAY = Pattern.compile("(commit|writer|thread):[1-9][0-9]*");
  private static final double MILLIS_PER_SECOND = 1_000;

  /** What is judged: the others are for who asks for them. */
  private static final String STANDARD = "thread:32000";

  /** The longest p99 in milliseconds, by pace. */
  private static final Map<Integer, Double> LONGEST_MILLIS = Map.of(3_000, 10.0, 6_000, 25.0);

  @Mixin private LoadOptions options = new LoadOptions();

  @Option(
      names = "--paces",
      paramLabel = "N,N",
      split = ",",
      defaultValue = "3000,6000",
      description = "PATCH per second; default ${DEFAULT-VALUE}.")
  private List<Integer> paces = List.of();

  @Option(
      names = "--ways",
      paramLabel = "WAY:PAGES,…",
      split = ",",
      defaultValue = "thread:32000,thread:1000,commit:1000",
      description = {
        "store.checkpoints and store.checkpoint-pages of each; default ${DEFAULT-VALUE}.",
        "commit is SQLite's own way and always has its own 1000 pages."
      })
  private List<String> ways = List.of();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "How often the ways take turns, each for all of --seconds; default ${DEFAULT-VALUE}.")
  private int rounds;

  /** One way: its server, and the requests that are sent there, each with an id of its own. */
  private static final class Contestant implements AutoCloseable {
    final String way;
    final Product product;
    private final PatchRequests requests;
    private int sent;

    Contestant(String way, Product product, PatchRequests requests) {
      this.way = way;
      this.product = product;
      this.requests = requests;
    }

    PacedLoad.Result run(PacedLoad.Plan plan) throws IOException {
      int before = sent;
      sent += plan.perSecond() * plan.seconds();
      URI server = product.server().address();
      return PacedLoad.run(server, plan, number -> requests.apply(before + number));
    }

    @Override
    public void close() {
      product.close();
    }
  }

  /** What the server's metrics told while it was measured. */
  private record Told(double held, double heldSeconds, double beside, double besideSeconds) {
    static Told by(Product product) throws IOException {
      return new Told(
          checkpoints(product, "count", true),
          checkpoints(product, "sum", true),
          checkpoints(product, "count", false),
          checkpoints(product, "sum", false));
    }

    private static double checkpoints(Product product, String what, boolean held)
        throws IOException {
      return product.metric(
          "vidame_store_checkpoint_seconds_" + what + "{held_commits=\"" + held + "\"}");
    }

    Told since(Told before) {
      return new Told(
          held - before.held,
          heldSeconds - before.heldSeconds,
          beside - before.beside,
          besideSeconds - before.besideSeconds);
    }

    Told and(Told other) {
      return new Told(
          held + other.held,
          heldSeconds + other.heldSeconds,
          beside + other.beside,
          besideSeconds + other.besideSeconds);
    }
  }

  /** All rounds of one way at one pace. */
  private static final class Measured {
    final List<Rate> rates = new ArrayList<>();
    Told told = new Told(0, 0, 0, 0);
  }

  @Override
  public Integer call() throws IOException, SQLException {
    requireWays();
    Load load = options.load();
    Map<String, Map<Integer, Measured>> measured = new LinkedHashMap<>();
    Machine machine;
    try (RunScope scope = RunScope.open()) {
      machine = Machine.here(scope.folder());
      Bench.say(machine.toString());
      List<Contestant> contestants = start(scope);
      try {
        warmUp(contestants, load);
        for (int round = 0; round < rounds; round++) {
          for (Contestant contestant : contestants) {
            measure(contestant, load, measured);
          }
        }
      } finally {
        contestants.forEach(Contestant::close);
      }
    }
    return print(measured, machine, load).areReached() ? 0 : 1;
  }

  private void requireWays() {
    for (String way : ways) {
      if (!WAY.matcher(way).matches()) {
        throw new BenchException("--ways takes commit, writer or thread with pages, not " + way);
      }
    }
  }

  private List<Contestant> start(RunScope scope) throws IOException, SQLException {
    Bench.say("filling a store with " + options.size().users() + " accounts");
    SeededStore first = SeededStore.create(scope.folder().resolve("data"), options.size());
    List<SeededStore> stores = new ArrayList<>(List.of(first));
    for (int i = 1; i < ways.size(); i++) {
      stores.add(copy(first, scope.folder().resolve("data-" + i)));
    }
    List<Contestant> contestants = new ArrayList<>();
    for (int i = 0; i < ways.size(); i++) {
      String[] parts = ways.get(i).split(":", 2);
      SeededStore store = stores.get(i);
      Product product =
          Product.start(
              scope,
              store,
              "",
              List.of("store.checkpoints=" + parts[0], "store.checkpoint-pages=" + parts[1]));
      URI server = product.server().address();
      contestants.add(
          new Contestant(
              ways.get(i),
              product,
              new PatchRequests(
                  Accounts.read(store.accountsFile()), server, store.accessToken(server))));
    }
    return contestants;
  }

  private static SeededStore copy(SeededStore store, Path folder) throws IOException {
    Files.createDirectories(folder);
    SeededStore copy = new SeededStore(folder, store.partner(), store.application());
    store.copyTo(copy.file());
    Files.copy(store.accountsFile(), copy.accountsFile());
    return copy;
  }

  private void warmUp(List<Contestant> contestants, Load load) throws IOException {
    int fastest = paces.stream().mapToInt(Integer::intValue).max().orElseThrow();
    for (Contestant contestant : contestants) {
      Bench.say("warming up " + contestant.way);
      contestant.run(new PacedLoad.Plan(fastest, load.warmUpSeconds(), load.connections()));
    }
  }

  private void measure(
      Contestant contestant, Load load, Map<String, Map<Integer, Measured>> measured)
      throws IOException {
    for (int pace : paces) {
      Bench.say(contestant.way + " at " + pace + "/s");
      Product product = contestant.product;
      Product.Ledger ledger = product.settled(product.ledger());
      Told before = Told.by(product);
      PacedLoad.Result result =
          contestant.run(new PacedLoad.Plan(pace, load.seconds(), load.connections()));
      long updated = product.settled(ledger).updated() - ledger.updated();
      if (updated != result.rate().answers()) {
        throw new BenchException(
            "%d answers came, but %d were given".formatted(result.rate().answers(), updated));
      }
      Measured all =
          measured
              .computeIfAbsent(contestant.way, way -> new LinkedHashMap<>())
              .computeIfAbsent(pace, each -> new Measured());
      all.rates.add(result.rate());
      all.told = all.told.and(Told.by(product).since(before));
    }
  }

  private Findings print(Map<String, Map<Integer, Measured>> measured, Machine machine, Load load) {
    Findings findings = new Findings();
    measured.forEach((way, byPace) ->
        byPace.forEach((pace, all) -> {
          findings.title("checkpoints by " + way + ", " + pace + " PATCH/s");
          add(findings, way.replace(':', '_') + "_at_" + pace, all);
          judge(findings, way, pace, Rate.of(all.rates));
        }));
    System.out.println(machine);
    System.out.printf(
        Locale.ROOT,
        "%d users of %d customers, %d connections, %d rounds of %d s after %d s%n%n",
        options.size().users(),
        options.size().customers(),
        load.connections(),
        rounds,
        load.seconds(),
        load.warmUpSeconds());
    System.out.println(findings.table());
    System.out.println(
        findings
            .json()
            .number("users", options.size().users(), 0)
            .number("customers", options.size().customers(), 0)
            .number("connections", load.connections(), 0)
            .number("rounds", rounds, 0)
            .number("seconds", load.seconds(), 0)
            .machine(machine));
    return findings;
  }

  /** Holds the p99 of one way at one pace to what it is to be, where anything is asked of it. */
  static void judge(Findings findings, String way, int pace, Rate rate) {
    Double most = LONGEST_MILLIS.get(pace);
    if (way.equals(STANDARD) && most != null) {
      findings.atMost("p99, ms", "p99_ms_at_" + pace, rate.p99Millis(), most);
    }
  }

  private static void add(Findings findings, String name, Measured all) {
    Rate rate = Rate.of(all.rates);
    Told told = all.told;
    findings.rate("PATCH", name, rate);
    findings.number("slowest, ms", name + "_max_ms", rate.slowestMillis(), 2);
    findings.number("checkpoints that held commits", name + "_held", told.held(), 0);
    findings.number(
        "  each on average, ms",
        name + "_held_ms",
        told.heldSeconds() / Math.max(1, told.held()) * MILLIS_PER_SECOND,
        2);
    findings.number("checkpoints beside commits", name + "_beside", told.beside(), 0);
    findings.number(
        "  each on average, ms",
        name + "_beside_ms",
        told.besideSeconds() / Math.max(1, told.beside()) * MILLIS_PER_SECOND,
        2);
  }
}
