package dev.vidame.server.tokens;

import dev.vidame.directory.partners.PartnerId;
import java.time.Duration;
import java.util.Optional;

/**
 * How many tokens a partner may have, as each costs a signature. Must be thread-safe. Asked about
 * who has proved to be the partner's only: whoever may claim to be could use up what is left to it.
 */
@FunctionalInterface
public interface IssueLimit {
  /** Any number. */
  IssueLimit NONE = partner -> Optional.empty();

  /** Counts a token of the partner; how long it must wait for it first, or empty. */
  Optional<Duration> waitFor(PartnerId partner);

  /**
   * Counts a token.
   *
   * @throws Reached when it is one too many; nothing may have been used up for it before
   */
  default void requireRoom(PartnerId partner) {
    waitFor(partner)
        .ifPresent(wait -> {
          throw new Reached(wait);
        });
  }

  /** A token too many. Nothing was done for it. */
  final class Reached extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    private Reached(Duration wait) {
      super("Too soon by " + wait, null, false, false);
      this.retryAfter =
          Duration.ofSeconds(Math.ceilDiv(wait.toNanos(), Duration.ofSeconds(1).toNanos()));
    }

    /** How long to wait; a whole number of seconds. */
    Duration retryAfter() {
      return retryAfter;
    }
  }
}
