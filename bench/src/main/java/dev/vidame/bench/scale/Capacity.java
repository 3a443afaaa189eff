package dev.vidame.bench.scale;

import dev.vidame.bench.BenchException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** How many of everything a demand needs. The same inputs give the same answer. */
final class Capacity {
  /** More shards than anybody runs; a demand that needs them has a mistake in it. */
  private static final int MOST_SHARDS = 1 << 16;

  private final Demand demand;
  private final Costs costs;
  private final Limits limits;

  /**
   * How full a machine may be.
   *
   * @param use the share of a shard's measured rate, and of a server's, that may be used at the
   *     busiest time
   * @param shardBytes what a shard may hold at the end of the years
   * @param years of journal that are kept
   * @param copies of each shard, the first one included
   */
  record Limits(double use, double shardBytes, double years, int copies) {}

  Capacity(Demand demand, Costs costs, Limits limits) {
    this.demand = demand;
    this.costs = costs;
    this.limits = limits;
  }

  /**
   * What is needed.
   *
   * @param shards databases, each with a part of the customers
   * @param users users of each shard
   * @param bytes bytes of the fullest shard at the end of the years
   * @param servers server processes
   */
  record Need(int shards, List<Long> users, double bytes, int servers) {
    Need {
      users = List.copyOf(users);
    }

    /** Users of the fullest shard. */
    long fullest() {
      return Collections.max(users);
    }

    /** How many times the mean the fullest shard is. */
    double imbalance() {
      return (double) fullest() * shards / users.stream().mapToLong(Long::longValue).sum();
    }
  }

  /**
   * The fewest shards of which none is too busy or too full. All numbers are tried in order (above
   * a hundred, in steps of a hundredth), because one more may put two large customers together.
   *
   * @throws BenchException when no number is enough, because of a single customer
   */
  Need need(Placement placement) {
    if (!fits(placement.largestCustomer())) {
      throw new BenchException(
          "No number of shards is enough: the largest customer is too much for one");
    }
    int least = Math.max(1, leastShards());
    for (int shards = least; shards <= MOST_SHARDS; shards = next(shards)) {
      long[] users = placement.users(shards);
      long fullest = Arrays.stream(users).max().orElseThrow();
      if (fits(fullest)) {
        return new Need(shards, Arrays.stream(users).boxed().toList(), bytes(fullest), servers());
      }
    }
    throw new BenchException("Even " + MOST_SHARDS + " shards are not enough");
  }

  /** Every number while they are few, then a hundredth more each time. */
  private static int next(int shards) {
    return shards + Math.max(1, shards / 100);
  }

  private int leastShards() {
    double byRate = busy(demand.users());
    double byBytes = bytes(demand.users()) / limits.shardBytes();
    return (int) Math.ceil(Math.max(byRate, byBytes));
  }

  /** Whether a shard with so many users is neither too busy nor too full. */
  boolean fits(long users) {
    return busy(users) <= 1 && bytes(users) <= limits.shardBytes();
  }

  /** The share of what a shard may do that so many users ask of it; changes and reads together. */
  double busy(long users) {
    double changes = demand.peakChanges(users) / (costs.shardChanges() * limits.use());
    double reads = demand.peakReads(users) / (costs.shardReads() * limits.use());
    return changes + reads;
  }

  /** What so many users and their changes take up at the end of the years, in one copy. */
  double bytes(long users) {
    return users * costs.userBytes()
        + demand.changesPerYear(users) * limits.years() * costs.changeBytes();
  }

  /** What all accounts take up without their changes, in one copy. */
  double accountBytes() {
    return demand.users() * costs.userBytes();
  }

  /** What the changes of a year take up, in one copy. */
  double yearBytes() {
    return demand.changesPerYear(demand.users()) * costs.changeBytes();
  }

  /** Server processes for all requests. */
  int servers() {
    double requests = demand.peakChanges(demand.users()) + demand.peakReads(demand.users());
    return (int) Math.max(1, Math.ceil(requests / (costs.serverRequests() * limits.use())));
  }

  /** The share of what a single customer can do that one with so many users asks for. */
  double lane(long users) {
    return demand.peakChanges(users) / costs.customerChanges();
  }

  /** Machines of the database: each shard's first copy, and its others. */
  int databases(Need need) {
    return need.shards() * limits.copies();
  }
}
