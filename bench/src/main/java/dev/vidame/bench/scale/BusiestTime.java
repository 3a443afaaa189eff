package dev.vidame.bench.scale;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The busiest time, second by second: changes come to each shard by chance, and what it does not do
 * within the second waits. The same seed gives the same run.
 */
final class BusiestTime {
  /** Above it a Poisson variable is as good as a normal one. */
  private static final double MANY = 50;

  private final SplittableRandom random;

  BusiestTime(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /**
   * What happened.
   *
   * @param changes all changes that came
   * @param busiest the most changes that came to one shard in one second
   * @param mostWaiting the most changes that waited at one shard at the end of a second
   * @param p99Seconds how long the wait was that 99 of 100 pairs of shard and second did not exceed
   */
  record Course(long changes, long busiest, long mostWaiting, double p99Seconds) {}

  /**
   * Runs.
   *
   * @param perSecond changes per second that come to each shard
   * @param capacity changes per second that a shard does
   * @param seconds how long
   */
  Course run(double[] perSecond, double capacity, int seconds) {
    double[] waiting = new double[perSecond.length];
    double[] waits = new double[perSecond.length * seconds];
    long changes = 0;
    long busiest = 0;
    double mostWaiting = 0;
    for (int second = 0; second < seconds; second++) {
      for (int shard = 0; shard < perSecond.length; shard++) {
        long came = poisson(perSecond[shard]);
        waiting[shard] = Math.max(0, waiting[shard] + came - capacity);
        waits[second * perSecond.length + shard] = waiting[shard] / capacity;
        changes += came;
        busiest = Math.max(busiest, came);
        mostWaiting = Math.max(mostWaiting, waiting[shard]);
      }
    }
    Arrays.sort(waits);
    int rank = (int) Math.ceil(0.99 * waits.length);
    return new Course(changes, busiest, (long) Math.ceil(mostWaiting), waits[rank - 1]);
  }

  private long poisson(double mean) {
    if (mean > MANY) {
      return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
    }
    double limit = Math.exp(-mean);
    long count = 0;
    for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
      count++;
    }
    return count;
  }
}
