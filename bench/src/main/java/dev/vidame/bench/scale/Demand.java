package dev.vidame.bench.scale;

/**
 * What is asked for.
 *
 * @param users accounts
 * @param customers customers that they belong to
 * @param skew the exponent of {@link Zipf}
 * @param changesPerUserDay changes of an account per day
 * @param readsPerUserDay reads of an account per day
 * @param peak how many times the mean of a day its busiest time is
 */
@SuppressWarnings("TooManyParameters") // each is an option of the simulator
record Demand(
    long users,
    int customers,
    double skew,
    double changesPerUserDay,
    double readsPerUserDay,
    double peak) {
  private static final double SECONDS_PER_DAY = 86_400;

  /** Changes per second of so many users at the busiest time. */
  double peakChanges(long some) {
    return some * changesPerUserDay * peak / SECONDS_PER_DAY;
  }

  /** Reads per second of so many users at the busiest time. */
  double peakReads(long some) {
    return some * readsPerUserDay * peak / SECONDS_PER_DAY;
  }

  /** Changes in a year of so many users. */
  double changesPerYear(long some) {
    return some * changesPerUserDay * 365;
  }
}
