package dev.vidame.bench.scale;

import java.util.Arrays;

/**
 * Customers on shards, as a hash of their ids puts them: by chance, and each customer whole. The
 * same seed gives the same places.
 */
final class Placement {
  private final long[] customers;
  private final long seed;

  /**
   * Of customers with so many users each.
   *
   * @param seed stands for the customers' ids
   */
  Placement(long[] customers, long seed) {
    this.customers = customers.clone();
    this.seed = seed;
  }

  /** Users of each shard. */
  long[] users(int shards) {
    long[] users = new long[shards];
    for (int customer = 0; customer < customers.length; customer++) {
      users[shard(customer, shards)] += customers[customer];
    }
    return users;
  }

  /** Users of the largest customer. */
  long largestCustomer() {
    return Arrays.stream(customers).max().orElseThrow();
  }

  /** Where a customer is, counted from 0. */
  int shard(int customer, int shards) {
    return (int) Long.remainderUnsigned(mixed(seed + customer * 0x9E3779B97F4A7C15L), shards);
  }

  /** The finish of SplitMix64, which spreads counted numbers over all 64 bits. */
  private static long mixed(long value) {
    long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return mixed ^ mixed >>> 31;
  }
}
