package dev.vidame.bench.scale;

import dev.vidame.bench.BenchException;
import dev.vidame.bench.JsonLine;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench/run simulate}: what a number of users needs, by measured costs. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Computes what so many users need: shards, servers, connections, storage, cost. Few customers are",
      "huge and many are tiny (Zipf); each lies on one shard, whole, where the hash of its id puts it.",
      "Then plays the busiest time second by second, with changes that come by chance.",
      "",
      "Nothing is measured here: what things cost are options, and docs/scale.md says which of their",
      "defaults were measured and which are assumed. The same options give the same answer."
    },
    footer = {
      "",
      "Examples:",
      "  bench/run simulate --users=1000000 --customers=20000",
      "  bench/run simulate --users=1000000000 --customers=20000000",
      "  bench/run simulate --users=100000000 --skew=1.2 --shard-changes=4000",
      "  bench/run simulate | tail -n 1 | jq .shards"
    })
public final class SimulateCommand implements Callable<Integer> {
  private static final double BYTES_PER_GIGABYTE = 1e9;
  private static final int PERCENT = 100;
  private static final int MOST_CUSTOMERS = 50_000_000;

  @Mixin private DemandOptions demandOptions = new DemandOptions();
  @Mixin private CostOptions costOptions = new CostOptions();

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "300",
      description = "How long the busiest time is played; default ${DEFAULT-VALUE}.")
  private int seconds;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Where customers lie, and what chance does; default ${DEFAULT-VALUE}.")
  private long seed;

  @Override
  public Integer call() {
    Demand demand = demandOptions.demand();
    if (demand.customers() < 1
        || demand.customers() > MOST_CUSTOMERS
        || demand.users() < demand.customers()
        || seconds < 1) {
      throw new BenchException(
          "It takes 1 to %d customers, each with a user, and a second".formatted(MOST_CUSTOMERS));
    }
    Costs costs = costOptions.costs();
    Capacity.Limits limits = costOptions.limits();
    Capacity capacity = new Capacity(demand, costs, limits);
    Placement placement =
        new Placement(Zipf.divide(demand.users(), demand.customers(), demand.skew()), seed);
    Capacity.Need need = capacity.need(placement);
    double[] changes = need.users().stream().mapToDouble(demand::peakChanges).toArray();
    BusiestTime.Course course = new BusiestTime(seed).run(changes, costs.shardChanges(), seconds);
    Bill bill = costOptions.bill(capacity, need, demand.users());
    print(new Answer(demand, capacity, need, course, bill, placement.largestCustomer()));
    return 0;
  }

  /** All that is told. */
  @SuppressWarnings("TooManyParameters") // everything that was computed, once
  private record Answer(
      Demand demand,
      Capacity capacity,
      Capacity.Need need,
      BusiestTime.Course course,
      Bill bill,
      long largest) {}

  private void print(Answer answer) {
    Lines lines = new Lines();
    load(answer, lines);
    machines(answer, lines);
    storage(answer, lines);
    busiestTime(answer, lines);
    System.out.print(lines.text);
    System.out.println();
    System.out.println(lines.json);
  }

  private static void load(Answer answer, Lines lines) {
    Demand demand = answer.demand();
    lines.number("users", "users", (double) demand.users(), 0);
    lines.number("customers", "customers", demand.customers(), 0);
    lines.number("changes/s at the peak", "changes_per_s", demand.peakChanges(demand.users()), 1);
    lines.number("reads/s at the peak", "reads_per_s", demand.peakReads(demand.users()), 1);
    lines.number("largest customer, users", "largest_customer_users", (double) answer.largest(), 0);
    lines.number(
        "  its changes/s at the peak",
        "largest_customer_changes_per_s",
        demand.peakChanges(answer.largest()),
        2);
    lines.number(
        "  of what one customer can do, %",
        "largest_customer_lane_percent", PERCENT * answer.capacity().lane(answer.largest()), 1);
  }

  private static void machines(Answer answer, Lines lines) {
    Capacity.Need need = answer.need();
    Demand demand = answer.demand();
    lines.number("shards", "shards", need.shards(), 0);
    lines.number("  fullest one, times the mean", "imbalance", need.imbalance(), 2);
    lines.number("  its users", "fullest_shard_users", (double) need.fullest(), 0);
    lines.number(
        "  its changes/s at the peak",
        "fullest_shard_changes_per_s",
        demand.peakChanges(need.fullest()),
        1);
    lines.number(
        "  its reads/s at the peak",
        "fullest_shard_reads_per_s",
        demand.peakReads(need.fullest()),
        1);
    lines.number("databases, all copies", "databases", answer.bill().databases(), 0);
    lines.number("servers", "servers", need.servers(), 0);
    lines.number("connections of all servers", "connections", answer.bill().connections(), 0);
    lines.number(
        "  for each shard",
        "connections_per_shard",
        Math.ceil((double) answer.bill().connections() / need.shards()),
        0);
  }

  private static void storage(Answer answer, Lines lines) {
    Demand demand = answer.demand();
    Capacity capacity = answer.capacity();
    double gigabytes = capacity.bytes(demand.users()) / BYTES_PER_GIGABYTE;
    lines.number("GB of accounts", "accounts_gb", capacity.accountBytes() / BYTES_PER_GIGABYTE, 2);
    lines.number(
        "GB of journal in a year",
        "journal_gb_per_year",
        capacity.yearBytes() / BYTES_PER_GIGABYTE,
        2);
    lines.number("GB at the end, one copy", "end_gb", gigabytes, 2);
    lines.number(
        "  of the fullest shard",
        "fullest_shard_gb",
        answer.need().bytes() / BYTES_PER_GIGABYTE,
        2);
    lines.number("cost per month at the end", "cost_per_month", answer.bill().perMonth(), 0);
  }

  private void busiestTime(Answer answer, Lines lines) {
    BusiestTime.Course course = answer.course();
    lines.number("changes played", "played_changes", (double) course.changes(), 0);
    lines.number("  most in one second of a shard", "played_busiest", (double) course.busiest(), 0);
    lines.number(
        "  most waiting at a shard", "played_most_waiting", (double) course.mostWaiting(), 0);
    lines.number("  p99 of the wait, s", "played_p99_wait_s", course.p99Seconds(), 3);
    lines.json.number("seed", (double) seed, 0);
  }

  /** The same for people and for programs. */
  private static final class Lines {
    private final StringBuilder text = new StringBuilder();
    private final JsonLine json = new JsonLine();

    void number(String title, String name, double value, int decimals) {
      text.append(("%-36s %,16." + decimals + "f%n").formatted(title, value));
      json.number(name, value, decimals);
    }
  }
}
