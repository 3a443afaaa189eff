package dev.vidame.server.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vidame.directory.partners.PartnerId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Notices a partner that changes unusually many accounts, in ways that hurt in great numbers.
 * Thread-safe.
 *
 * <p>A minute begins with the first change, and counting begins anew with the first one behind it.
 */
final class MassWatch {
  private static final System.Logger LOG = System.getLogger(MassWatch.class.getName());
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final String kind;
  private final int usual;
  private final Clock clock;
  private final Cache<PartnerId, Minute> minutes;

  /**
   * A watch.
   *
   * @param kind what the log calls the changes
   * @param usual how many a minute are nothing unusual; 0 where any number is
   */
  MassWatch(String kind, int usual, Clock clock) {
    this.kind = kind;
    this.usual = usual;
    this.clock = clock;
    this.minutes =
        Caffeine.newBuilder()
            .expireAfterAccess(MINUTE.multipliedBy(2))
            .ticker(() -> nanos(clock.instant()))
            .executor(Runnable::run)
            .build();
  }

  private static long nanos(Instant moment) {
    return TimeUnit.SECONDS.toNanos(moment.getEpochSecond()) + moment.getNano();
  }

  /** Counts a change: the how-manieth of its minute it is, or 0 while that is nothing unusual. */
  int count(PartnerId partner) {
    if (usual == 0) {
      return 0;
    }
    Instant now = clock.instant();
    int count = minutes.get(partner, any -> new Minute(now)).count(now);
    if (count == usual + 1) {
      LOG.log(
          System.Logger.Level.WARNING,
          "Unusually many changes: kind="
              + kind
              + " partner="
              + partner
              + " moreThan="
              + usual
              + " within a minute");
    }
    return count > usual ? count : 0;
  }

  private static final class Minute {
    private Instant start;
    private int count;

    Minute(Instant start) {
      this.start = start;
    }

    /** A clock that was set back begins anew. */
    synchronized int count(Instant now) {
      if (now.isBefore(start) || !now.isBefore(start.plus(MINUTE))) {
        start = now;
        count = 0;
      }
      return ++count;
    }
  }
}
