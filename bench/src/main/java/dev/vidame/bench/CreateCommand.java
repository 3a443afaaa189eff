package dev.vidame.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bench/run create}: what creating an account costs, and how much of it is its password. */
@Command(
    name = "create",
    mixinStandardHelpOptions = true,
    description = {
      "Measures POST of new accounts, each with a password, and tells by the processor time of the",
      "server's threads how much of it is the password's hash (Argon2id) and how much all the rest."
    },
    footer = {
      "",
      "Examples:",
      "  bench/run create",
      "  bench/run create --seconds 5 --warm-up 5 --users 20000    a quick look"
    })
final class CreateCommand implements Callable<Integer> {
  /** The kernel counts processor time in hundredths of a second. */
  private static final double MILLIS_PER_TICK = 10;

  private static final int MILLIS_PER_SECOND = 1_000;
  private static final int PERCENT = 100;
  private static final String HASHING_THREADS = "vidame-hash";

  /** Where the fields that follow a thread's name in {@code stat} have its user and system time. */
  private static final int USER_TIME = 11;

  private static final int SYSTEM_TIME = 12;

  @Mixin private LoadOptions options = new LoadOptions();

  /** Processor time so far, in milliseconds. */
  private record Spent(double hashing, double rest) {
    Spent since(Spent before) {
      return new Spent(hashing - before.hashing, rest - before.rest);
    }
  }

  @Override
  public Integer call() throws IOException, SQLException {
    Load load = options.load();
    try (RunScope scope = RunScope.open()) {
      Machine machine = Machine.here(scope.folder());
      Bench.say("filling a store with " + options.size().users() + " accounts");
      SeededStore store = SeededStore.create(scope.folder().resolve("data"), options.size());
      Wrk wrk = new Wrk(scope, store.accountsFile(), load.connections());
      try (Product product = Product.start(scope, store, "")) {
        URI server = product.server().address();
        Wrk.NewAccounts accounts =
            new Wrk.NewAccounts(
                server,
                Accounts.read(store.accountsFile()).customer(0).toString(),
                SeededStore.domain(0),
                store.accessToken(server));
        Bench.say("creating accounts");
        wrk.run(accounts, load.warmUpSeconds());
        Spent before = spent(product.server().pid());
        Rate rate = wrk.run(accounts, load.seconds());
        print(machine, rate, spent(product.server().pid()).since(before));
      }
    }
    return 0;
  }

  private static Spent spent(long pid) throws IOException {
    double hashing = 0;
    double rest = 0;
    try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      for (Path thread : threads.toList()) {
        String stat = Files.readString(thread.resolve("stat"));
        int end = stat.lastIndexOf(')');
        List<String> fields = List.of(stat.substring(end + 2).split(" ", -1));
        double millis =
            (Long.parseLong(fields.get(USER_TIME)) + Long.parseLong(fields.get(SYSTEM_TIME)))
                * MILLIS_PER_TICK;
        if (stat.substring(stat.indexOf('(') + 1, end).startsWith(HASHING_THREADS)) {
          hashing += millis;
        } else {
          rest += millis;
        }
      }
    }
    return new Spent(hashing, rest);
  }

  private static void print(Machine machine, Rate rate, Spent spent) {
    double hashing = spent.hashing() / rate.answers();
    double rest = spent.rest() / rate.answers();
    double share = PERCENT * hashing / (hashing + rest);
    double withoutHashing = machine.cores() * MILLIS_PER_SECOND / rest;
    System.out.println(machine);
    System.out.printf(
        "%ncreated per second        %10.0f   p50 %.1f ms, p99 %.1f ms%n"
            + "processor time of each    %10.2f ms%n"
            + "  of it Argon2id          %10.2f ms, %.1f %%%n"
            + "  of it all the rest      %10.2f ms, enough for %.0f a second%n%n",
        rate.perSecond(),
        rate.p50Millis(),
        rate.p99Millis(),
        hashing + rest,
        hashing,
        share,
        rest,
        withoutHashing);
    System.out.println(
        new JsonLine()
            .number("create_per_s", rate.perSecond(), 1)
            .number("p50_ms", rate.p50Millis(), 2)
            .number("p99_ms", rate.p99Millis(), 2)
            .number("argon2id_ms", hashing, 3)
            .number("rest_ms", rest, 3)
            .number("argon2id_percent", share, 1)
            .number("without_argon2id_per_s", withoutHashing, 0)
            .machine(machine));
  }
}
