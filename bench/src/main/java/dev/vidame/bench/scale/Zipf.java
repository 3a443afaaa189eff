package dev.vidame.bench.scale;

/**
 * Users over customers by Zipf's law: the k-th largest customer has 1/k^s of the largest one's. Few
 * are huge, many are tiny; none is empty.
 */
final class Zipf {
  private Zipf() {}

  /**
   * Divides users among customers.
   *
   * @param users how many there are, at least one for each customer
   * @param customers how many there are
   * @param exponent s: 0 for customers of one size; the larger, the larger the largest
   * @return users of each customer, largest first; their sum is exactly that of all
   */
  static long[] divide(long users, int customers, double exponent) {
    double sum = 0;
    for (int rank = 1; rank <= customers; rank++) {
      sum += Math.pow(rank, -exponent);
    }
    long spare = users - customers; // one for each comes first
    long[] sizes = new long[customers];
    double share = 0;
    long given = 0;
    for (int rank = 1; rank <= customers; rank++) {
      share += Math.pow(rank, -exponent) / sum;
      long until = rank == customers ? spare : Math.min(spare, Math.round(share * spare));
      sizes[rank - 1] = 1 + until - given;
      given = until;
    }
    return sizes;
  }
}
