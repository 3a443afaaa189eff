package dev.vidame.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vidame.directory.storage.SqliteTransactions;
import dev.vidame.directory.storage.Transactions;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.UserId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A file's barest durable transaction through the product's group commit: reads a row of the
 * accounts, updates it, appends a row to a log. On a PostgreSQL the product's own change of an
 * account, with all its statements and without anything around it. Reads a number of seconds a
 * line, goes on for so long, and prints one line that {@link StoreOnly} reads.
 */
@Command(name = "store-only", hidden = true)
final class StoreOnlyCommand implements Callable<Integer> {
  private static final String CREATE_LOG =
      "create table bare_log (position integer primary key, customer_id blob not null,"
          + " user_id blob not null, version integer not null, display_name text not null)";
  private static final String READ =
      "select version, display_name from users where customer_id = ? and user_id = ?";
  private static final String UPDATE =
      "update users set version = ?, display_name = ? where customer_id = ? and user_id = ?";
  private static final String APPEND =
      "insert into bare_log (customer_id, user_id, version, display_name) values (?,?,?,?)";
  private static final String COUNT = "select count(*) from bare_log";

  @ArgGroup(multiplicity = "1")
  private Where where = new Where();

  /** Which store. */
  static final class Where {
    @Option(names = "--store", required = true)
    private @Nullable Path file;

    @Option(names = "--url", required = true)
    private @Nullable String url;
  }

  @Option(names = "--accounts", required = true)
  private Path accounts = Path.of("");

  @Option(names = "--writers", required = true)
  private int writers;

  @Override
  public Integer call() throws IOException, SQLException {
    Accounts list = Accounts.read(accounts);
    if (where.url != null) {
      onPostgres(where.url, list);
    } else {
      inFile(Objects.requireNonNull(where.file), list);
    }
    return 0;
  }

  private void onPostgres(String url, Accounts list) throws IOException, SQLException {
    try (ProductChanges changes = ProductChanges.open(url, list)) {
      ClosedLoop loop =
          new ClosedLoop(
              writers,
              (writer, random, turn) ->
                  changes.change(random.nextInt(list.count()), writer + " " + turn));
      obey(
          loop,
          answered -> {
            if (changes.count() != answered) {
              throw missing(answered, changes.count());
            }
          });
    }
  }

  private void inFile(Path file, Accounts list) throws IOException, SQLException {
    try (Transactions transactions = SqliteTransactions.open(file)) {
      transactions.writeShared(session -> session.update(CREATE_LOG, none -> {}));
      ClosedLoop loop =
          new ClosedLoop(
              writers,
              (writer, random, turn) ->
                  change(transactions, list, random.nextInt(list.count()), writer + " " + turn));
      obey(loop, answered -> requireAll(transactions, answered));
    }
  }

  private static void obey(ClosedLoop loop, LongConsumer check) throws IOException {
    long answered = 0;
    BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String seconds = orders.readLine(); seconds != null; seconds = orders.readLine()) {
      Rate rate = loop.run(Duration.ofSeconds(Long.parseLong(seconds)));
      answered += rate.answers();
      check.accept(answered);
      print(rate);
    }
  }

  private static BenchException missing(long answered, long rows) {
    return new BenchException(
        "%d changes were answered, but the log has %d rows".formatted(answered, rows));
  }

  private static void change(
      Transactions transactions, Accounts accounts, int account, String name) {
    CustomerId customer = accounts.customer(account);
    UserId user = accounts.user(account);
    transactions.write(
        customer,
        session -> {
          long version =
              session
                  .one(
                      READ,
                      arguments -> arguments.uuid(customer.value()).uuid(user.value()),
                      row -> row.text(2).isEmpty() ? 0 : row.number(1))
                  .orElseThrow();
          session.update(
              UPDATE,
              arguments ->
                  arguments
                      .number(version + 1)
                      .text(name)
                      .uuid(customer.value())
                      .uuid(user.value()));
          return session.update(
              APPEND,
              arguments ->
                  arguments
                      .uuid(customer.value())
                      .uuid(user.value())
                      .number(version + 1)
                      .text(name));
        });
  }

  private static void requireAll(Transactions transactions, long answered) {
    long rows =
        transactions
            .read(session -> session.list(COUNT, none -> {}, row -> row.number(1)))
            .getFirst();
    if (rows != answered) {
      throw missing(answered, rows);
    }
  }

  private static void print(Rate rate) throws IOException {
    System.out.println(
        StoreOnly.LINE_FORMAT.formatted(
            rate.answers(),
            rate.perSecond(),
            rate.p50Millis(),
            rate.p99Millis(),
            rate.slowestMillis(),
            ServerProcess.memory(ProcessHandle.current().pid(), "VmHWM:")));
  }
}
