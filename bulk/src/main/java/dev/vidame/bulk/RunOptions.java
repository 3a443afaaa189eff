package dev.vidame.bulk;

import java.time.Duration;

/**
 * How a run goes about it. Immutable.
 *
 * @param concurrency how many requests at once, at most; fewer as long as the service complains
 * @param perSecond how many requests in a second at most, or 0
 * @param mostFailures after how many failed rows the rest is left alone, or 0
 * @param patience how long the service may be out of reach before the run ends
 */
public record RunOptions(int concurrency, double perSecond, long mostFailures, Duration patience) {

  /** 64 at once, as many as the service bears, all rows, two minutes. */
  public static RunOptions standard() {
    return new RunOptions(64, 0, 0, Duration.ofMinutes(2));
  }

  Gate.Limits limits() {
    return new Gate.Limits(concurrency, perSecond, patience);
  }
}
