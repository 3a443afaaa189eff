package dev.vidame.bench;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What was measured of one kind of request.
 *
 * @param answers how many were answered
 * @param perSecond answers per second
 * @param p50Millis the median latency
 * @param p99Millis the latency that one of a hundred exceeds
 * @param slowestMillis the highest latency
 */
public record Rate(
    long answers, double perSecond, double p50Millis, double p99Millis, double slowestMillis) {

  /**
   * Several measurements of the same kind as one: all answers over all of the time, and of the
   * percentiles the median. The slowest is the slowest of all.
   */
  public static Rate of(List<Rate> rounds) {
    long answers = rounds.stream().mapToLong(Rate::answers).sum();
    double seconds = rounds.stream().mapToDouble(rate -> rate.answers / rate.perSecond).sum();
    return new Rate(
        answers,
        answers / seconds,
        median(rounds, Rate::p50Millis),
        median(rounds, Rate::p99Millis),
        rounds.stream().mapToDouble(Rate::slowestMillis).max().orElseThrow());
  }

  private static double median(List<Rate> rounds, ToDoubleFunction<Rate> figure) {
    return median(rounds.stream().mapToDouble(figure).toArray());
  }

  /** The value in the middle; of two, the larger one. */
  public static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  static Rate of(Latencies.Sorted latencies, double seconds) {
    return new Rate(
        latencies.count(),
        latencies.count() / seconds,
        latencies.percentileMillis(50),
        latencies.percentileMillis(99),
        latencies.percentileMillis(100));
  }
}
