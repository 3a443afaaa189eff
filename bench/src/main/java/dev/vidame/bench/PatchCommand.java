package dev.vidame.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench/run patch}: what the founding operation costs, beside what its parts cost alone. */
@Command(
    name = "patch",
    mixinStandardHelpOptions = true,
    description = {
      "Measures PATCH, and what its parts do alone.",
      "",
      "In one run: the HTTP layer alone, the barest durable transaction alone, and the whole product",
      "(authentication, idempotency, journal, metrics): PATCH and GET as fast as it can, PATCH at a",
      "fixed pace, memory, and the time to the first answer. The store alone and PATCH take turns,",
      "because a disk is not the same from one minute to the next.",
      "",
      "Fails where an answer was not 2xx, or the journal did not grow by exactly one row for each",
      "answered PATCH. The exit code is 0 where all figures are reached, and 1 otherwise."
    },
    footer = {
      "",
      "Examples:",
      "  bench/run patch",
      "  bench/run patch --seconds 3 --warm-up 3 --users 20000    a quick look",
      "  bench/run patch --customers 20000                        many small customers"
    })
final class PatchCommand implements Callable<Integer> {
  private static final int STARTS = 5;

  /** How often the store alone and PATCH take turns within the measured time. */
  private static final int ROUNDS = 5;

  @Mixin private LoadOptions options = new LoadOptions();

  @Option(
      names = "--pace",
      paramLabel = "N",
      defaultValue = "3000",
      description = "PATCH per second of the paced step; default ${DEFAULT-VALUE}.")
  private int pace;

  /** What all steps share. */
  private record Bed(RunScope scope, SeededStore store, Wrk wrk, Load load) {}

  /** What was measured of the product's parts, each in a process of its own. */
  private record Parts(Alone httpOnly, Starts starts) {}

  /** Two things that were measured in turns. */
  private record Turns(Alone storeOnly, Rate patch) {}

  @Override
  public Integer call() throws IOException, SQLException {
    Load load = options.load();
    try (RunScope scope = RunScope.open()) {
      Machine machine = Machine.here(scope.folder());
      Bench.say(machine.toString());
      Bench.say("filling a store with " + options.size().users() + " accounts");
      SeededStore store = SeededStore.create(scope.folder().resolve("data"), options.size());
      Wrk wrk = new Wrk(scope, store.accountsFile(), load.connections());
      Bed bed = new Bed(scope, store, wrk, load);
      Parts parts = new Parts(httpOnly(bed), starts(bed));
      PatchReport report = product(bed, parts);
      print(report, machine, load);
      return report.isReached() ? 0 : 1;
    }
  }

  private static Alone httpOnly(Bed bed) throws IOException {
    Bench.say("HTTP only");
    int port = ServerProcess.freePort();
    List<String> command = ServerProcess.ownCommand("http-only", "--port=" + port);
    ServerProcess.Address address = new ServerProcess.Address(port, HttpOnlyCommand.FIRST_ANSWER);
    try (ServerProcess server = ServerProcess.launch(bed.scope(), address, command, Map.of())) {
      Wrk.Target target = new Wrk.Target(server.address(), "PATCH", "none");
      bed.wrk().run(target, bed.load().warmUpSeconds());
      Rate rate = bed.wrk().run(target, bed.load().seconds());
      return new Alone(rate, server.peakMegabytes());
    }
  }

  private static Starts starts(Bed bed) throws IOException {
    Bench.say("starts with the AOT cache and without, in turns");
    return Starts.measure(bed.scope(), bed.store(), STARTS);
  }

  private PatchReport product(Bed bed, Parts parts) throws IOException {
    Path copy = bed.store().copyTo(bed.scope().folder().resolve("store-only.db"));
    try (Product product = Product.start(bed.scope(), bed.store(), "");
        StoreOnly storeOnly =
            StoreOnly.start(
                bed.scope(), copy, bed.store().accountsFile(), bed.load().connections())) {
      ServerProcess server = product.server();
      String token = bed.store().accessToken(server.address());
      Turns turns = turns(bed, product, storeOnly, token);
      Rate get = measured(bed, product, new Wrk.Target(server.address(), "GET", token));
      PacedLoad.Result paced = paced(bed, product, token);
      return new PatchReport(
          parts.httpOnly(),
          turns.storeOnly(),
          new PatchReport.Whole(
              turns.patch(), get, paced, server.peakMegabytes(), server.residentMegabytes()),
          parts.starts());
    }
  }

  private static Turns turns(Bed bed, Product product, StoreOnly storeOnly, String token)
      throws IOException {
    Bench.say("store only and full product, PATCH, in turns");
    Wrk.Target target = new Wrk.Target(product.server().address(), "PATCH", token);
    storeOnly.run(bed.load().warmUpSeconds());
    bed.wrk().run(target, bed.load().warmUpSeconds());
    int seconds = Math.max(1, bed.load().seconds() / ROUNDS);
    List<Rate> alone = new ArrayList<>();
    List<Rate> patches = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      alone.add(storeOnly.run(seconds));
      patches.add(counted(bed, product, target, seconds));
    }
    return new Turns(new Alone(Rate.of(alone), storeOnly.peakMegabytes()), Rate.of(patches));
  }

  private static Rate measured(Bed bed, Product product, Wrk.Target target) throws IOException {
    Bench.say("full product, " + target.method());
    bed.wrk().run(target, bed.load().warmUpSeconds());
    return counted(bed, product, target, bed.load().seconds());
  }

  private static Rate counted(Bed bed, Product product, Wrk.Target target, int seconds)
      throws IOException {
    Product.Ledger before = product.settled(product.ledger());
    Rate rate = bed.wrk().run(target, seconds);
    Product.Ledger after = product.settled(before);
    long answered = after.updated() - before.updated() + after.read() - before.read();
    requireCounted(rate, answered, bed.load().connections());
    return rate;
  }

  /** When its time is over, wrk leaves the requests under way unread: at most one a connection. */
  private static void requireCounted(Rate rate, long answered, int connections) {
    if (answered < rate.answers() || answered > rate.answers() + connections) {
      throw new BenchException(
          "The client saw %d answers, the server gave %d".formatted(rate.answers(), answered));
    }
  }

  private PacedLoad.Result paced(Bed bed, Product product, String token) throws IOException {
    Bench.say("full product, PATCH at " + pace + "/s");
    URI server = product.server().address();
    PatchRequests requests =
        new PatchRequests(Accounts.read(bed.store().accountsFile()), server, token);
    Product.Ledger before = product.settled(product.ledger());
    PacedLoad.Result result =
        PacedLoad.run(
            server,
            new PacedLoad.Plan(pace, bed.load().seconds(), bed.load().connections()),
            requests);
    Product.Ledger after = product.settled(before);
    requireCounted(result.rate(), after.updated() - before.updated(), 0);
    return result;
  }

  private void print(PatchReport report, Machine machine, Load load) {
    System.out.println(machine);
    System.out.printf(
        "%d users of %d customers, %d connections, each step measured for %d s after %d s%n%n",
        options.size().users(),
        options.size().customers(),
        load.connections(),
        load.seconds(),
        load.warmUpSeconds());
    System.out.println(report.table(pace));
    System.out.println(
        report
            .json()
            .number("users", options.size().users(), 0)
            .number("customers", options.size().customers(), 0)
            .number("connections", load.connections(), 0)
            .number("seconds", load.seconds(), 0)
            .machine(machine));
  }
}
