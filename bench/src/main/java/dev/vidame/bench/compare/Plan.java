package dev.vidame.bench.compare;

import dev.vidame.bench.Rate;
import java.io.IOException;

/**
 * How much there is, and how hard is pushed.
 *
 * @param users accounts in each system
 * @param customers customers of Vidame that they belong to; other systems have them in one place
 * @param connections requests under way at once
 * @param rounds how often each system has its turn
 * @param warmUpSeconds how long each warm-up is, of which there are at least two
 * @param seconds how long each operation is measured in each round
 */
@SuppressWarnings("TooManyParameters") // the options of the command, once
record Plan(int users, int customers, int connections, int rounds, int warmUpSeconds, int seconds) {
  private static final int MOST_WARM_UPS = 6;

  /** While a warm-up is so many times as fast as the one before it, it is not warm. */
  private static final double STILL_GROWING = 1.1;

  /** Load on one operation of one system. */
  @FunctionalInterface
  interface Push {
    Rate run(int seconds) throws IOException;
  }

  /**
   * Warms up until the rate hardly grows any more, which takes some servers much longer than
   * others, and then measures.
   */
  Rate measure(Push push) throws IOException {
    Rate before = push.run(warmUpSeconds);
    for (int warmUps = 1; warmUps < MOST_WARM_UPS; warmUps++) {
      Rate now = push.run(warmUpSeconds);
      if (now.perSecond() < before.perSecond() * STILL_GROWING) {
        break;
      }
      before = now;
    }
    return push.run(seconds);
  }

  @Override
  public String toString() {
    return "%d users, %d connections, %d rounds, each operation measured for %d s after two to %d warm-ups of %d s"
        .formatted(users, connections, rounds, seconds, MOST_WARM_UPS, warmUpSeconds);
  }
}
