package dev.vidame.bench.scale;

import dev.vidame.bench.Accounts;
import dev.vidame.bench.Bench;
import dev.vidame.bench.BenchException;
import dev.vidame.bench.ClosedLoop;
import dev.vidame.bench.JsonLine;
import dev.vidame.bench.Machine;
import dev.vidame.bench.ProductChanges;
import dev.vidame.bench.RunScope;
import dev.vidame.bench.SeededStore;
import dev.vidame.bench.compare.DurablePostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench/run sizes}: what accounts and changes take up on disk. */
@Command(
    name = "sizes",
    mixinStandardHelpOptions = true,
    description = {
      "Measures what an account and a change take up, in a SQLite file and in a PostgreSQL: fills a",
      "store, changes accounts by the product's own code, and asks the database for the sizes of its",
      "tables before and after. Sizes do not depend on how busy the machine is; how many changes go",
      "into one commit does, and is told for what it is."
    },
    footer = {
      "",
      "Examples:",
      "  bench/run sizes",
      "  bench/run sizes --users=10000 --changes=10000    a quick look",
      "  bench/run sizes | tail -n 1 | jq .sqlite_bytes_per_user"
    })
public final class SizesCommand implements Callable<Integer> {
  private static final String[] ACCOUNTS = {"users", "passwords"};
  private static final String[] JOURNAL = {"journal", "journal_heads"};

  /** Where a file's index of its log counts the transactions that wrote. */
  private static final int TRANSACTIONS_AT = 8;

  @Option(
      names = "--users",
      paramLabel = "N",
      defaultValue = "200000",
      description = "Accounts; default ${DEFAULT-VALUE}.")
  private int users;

  @Option(
      names = "--customers",
      paramLabel = "N",
      defaultValue = "20",
      description = "Customers that they belong to; default ${DEFAULT-VALUE}.")
  private int customers;

  @Option(
      names = "--changes",
      paramLabel = "N",
      defaultValue = "200000",
      description = "Changes; default ${DEFAULT-VALUE}.")
  private int changes;

  @Option(
      names = "--writers",
      paramLabel = "N",
      defaultValue = "64",
      description = "Changes under way at once; default ${DEFAULT-VALUE}.")
  private int writers;

  private final StringBuilder text = new StringBuilder();
  private final JsonLine json = new JsonLine();

  /** Counts the commits of a store so far. */
  @FunctionalInterface
  private interface Commits {
    long count() throws IOException, SQLException;
  }

  @Override
  public Integer call() throws IOException, SQLException {
    if (users < 1 || customers < 1 || changes < 1 || writers < 1) {
      throw new BenchException("A number is below 1");
    }
    try (RunScope scope = RunScope.open()) {
      Machine machine = Machine.here(scope.folder());
      Bench.say("a SQLite file");
      SeededStore file = SeededStore.create(scope.folder().resolve("file"), size());
      measure("sqlite", file, () -> transactions(file.file()));
      Bench.say("a PostgreSQL");
      try (DurablePostgres postgres = DurablePostgres.start(scope.folder().resolve("postgresql"))) {
        SeededStore store =
            SeededStore.create(scope.folder().resolve("lists"), postgres.url(), size());
        long logBefore = log(postgres);
        measure("postgresql", store, () -> commits(postgres));
        number(
            "postgresql", "log_bytes_per_change", (double) (log(postgres) - logBefore) / changes);
      }
      System.out.println(machine);
      System.out.printf("%d users of %d customers, %d changes%n%n", users, customers, changes);
      System.out.println(text);
      System.out.println(json.machine(machine));
    }
    return 0;
  }

  private SeededStore.Size size() {
    return new SeededStore.Size(users, customers);
  }

  private void measure(String name, SeededStore store, Commits commits)
      throws IOException, SQLException {
    Tables before = Tables.of(store);
    Accounts accounts = Accounts.read(store.accountsFile());
    long written;
    try (ProductChanges product = ProductChanges.open(store, accounts)) {
      long atFirst = commits.count();
      change(product, accounts);
      written = commits.count() - atFirst;
    }
    Tables after = Tables.of(store);
    number(name, "bytes_per_user", (double) before.of(ACCOUNTS) / users);
    number(name, "bytes_per_user_after_changes", (double) after.of(ACCOUNTS) / users);
    number(name, "bytes_per_change", (double) after.growth(before, JOURNAL) / changes);
    number(name, "changes_per_commit", (double) changes / written);
  }

  private void change(ProductChanges product, Accounts accounts) {
    AtomicInteger left = new AtomicInteger(changes);
    ClosedLoop loop =
        new ClosedLoop(
            writers,
            (writer, random, turn) -> {
              while (left.getAndDecrement() > 0) { // the loop goes by time, and this by changes
                int number = random.nextInt(accounts.count());
                product.change(number, "Changed name " + writer + " " + left.get());
              }
            });
    loop.run(Duration.ofSeconds(1));
    if (left.get() > 0) {
      throw new BenchException("Not all changes were made");
    }
  }

  private void number(String store, String name, double value) {
    text.append("%-12s %-34s %12.1f%n".formatted(store, name.replace('_', ' '), value));
    json.number(store + "_" + name, value, 1);
  }

  /**
   * How many transactions wrote, as the index of the file's log counts. Another process reads it,
   * because one that closes the index loses its locks on it, SQLite's as well.
   */
  private static long transactions(Path file) throws IOException {
    Process od =
        new ProcessBuilder("od", "-An", "-tu4", "-j" + TRANSACTIONS_AT, "-N4", file + "-shm")
            .start();
    try (BufferedReader said = od.inputReader(StandardCharsets.US_ASCII)) {
      String number = said.readLine();
      if (number == null) {
        throw new BenchException("The index of the log cannot be read");
      }
      return Long.parseLong(number.strip());
    }
  }

  private static long commits(DurablePostgres postgres) throws SQLException {
    return Long.parseLong(
        postgres.ask(
            "select xact_commit from pg_stat_database where datname = current_database()"));
  }

  private static long log(DurablePostgres postgres) throws SQLException {
    return Long.parseLong(postgres.ask("select (pg_current_wal_lsn() - '0/0')::bigint"));
  }
}
