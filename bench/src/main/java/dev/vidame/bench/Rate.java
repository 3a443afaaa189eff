package dev.vidame.bench;

/**
 * What was measured of one kind of request.
 *
 * @param answers how many were answered
 * @param perSecond answers per second
 * @param p50Millis the median latency
 * @param p99Millis the latency that one of a hundred exceeds
 */
public record Rate(long answers, double perSecond, double p50Millis, double p99Millis) {

  static Rate of(Latencies.Sorted latencies, double seconds) {
    return new Rate(
        latencies.count(),
        latencies.count() / seconds,
        latencies.percentileMillis(50),
        latencies.percentileMillis(99));
  }
}
