package dev.vidame.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
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
      "fixed pace, memory, and the time to the first answer.",
      "",
      "Fails where an answer was not 2xx, or the journal did not grow by exactly one row for each",
      "answered PATCH."
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
  private static final int SECONDS_OVER_TIME = 60;
  private static final double NANOS_PER_MILLI = 1e6;

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
  private record Parts(Alone httpOnly, Alone storeOnly, PatchReport.Starts starts) {}

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
      Parts parts = new Parts(httpOnly(bed), storeOnly(bed), starts(bed));
      print(product(bed, parts), machine, load);
    }
    return 0;
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

  private static Alone storeOnly(Bed bed) throws IOException {
    Bench.say("store only");
    Load load = bed.load();
    Path copy = bed.store().copyTo(bed.scope().folder().resolve("store-only.db"));
    Path output = bed.scope().folder().resolve("store-only.log");
    Process process =
        bed.scope()
            .start(
                new ProcessBuilder(StoreOnlyCommand.command(copy, bed.store().accountsFile(), load))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile()));
    try {
      int limit = load.warmUpSeconds() + load.seconds() + SECONDS_OVER_TIME;
      if (!process.waitFor(limit, TimeUnit.SECONDS)) {
        RunScope.stop(process);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("Interrupted", e);
    }
    return StoreOnlyCommand.parse(Files.readString(output, StandardCharsets.UTF_8));
  }

  private static PatchReport.Starts starts(Bed bed) throws IOException {
    Bench.say("starts with the AOT cache, then without");
    Product.start(bed.scope(), bed.store(), "").close(); // the launcher may have to prepare one
    return new PatchReport.Starts(medianStart(bed, ""), medianStart(bed, "-XX:AOTMode=off"));
  }

  private static double medianStart(Bed bed, String jvmOptions) throws IOException {
    double[] millis = new double[STARTS];
    for (int i = 0; i < STARTS; i++) {
      try (Product product = Product.start(bed.scope(), bed.store(), jvmOptions)) {
        millis[i] = product.server().start().toNanos() / NANOS_PER_MILLI;
      }
    }
    Arrays.sort(millis);
    return millis[STARTS / 2];
  }

  private PatchReport product(Bed bed, Parts parts) throws IOException {
    try (Product product = Product.start(bed.scope(), bed.store(), "")) {
      ServerProcess server = product.server();
      String token = bed.store().accessToken(server.address());
      Rate patch = measured(bed, product, new Wrk.Target(server.address(), "PATCH", token));
      Rate get = measured(bed, product, new Wrk.Target(server.address(), "GET", token));
      PacedLoad.Result paced = paced(bed, product, token);
      return new PatchReport(
          parts.httpOnly(),
          parts.storeOnly(),
          new PatchReport.Whole(
              patch, get, paced, server.peakMegabytes(), server.residentMegabytes()),
          parts.starts());
    }
  }

  private static Rate measured(Bed bed, Product product, Wrk.Target target) throws IOException {
    Bench.say("full product, " + target.method());
    bed.wrk().run(target, bed.load().warmUpSeconds());
    Product.Ledger before = product.settled(product.ledger());
    Rate rate = bed.wrk().run(target, bed.load().seconds());
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
            new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort()),
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
