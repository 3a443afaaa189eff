package dev.vidame.server.http;

import dev.vidame.server.limits.RequestLimits;
import java.time.Clock;

/**
 * How many accounts a partner may change in ways that hurt in great numbers: a stolen token must
 * not lock out or delete a whole directory within minutes. Off unless the operator sets a cap.
 * Thread-safe.
 */
public final class MassCaps {
  private final RequestLimits resets;
  private final RequestLimits deletions;

  /**
   * Caps.
   *
   * @param resetsPerMinute how many passwords a partner may reset a minute; 0 for any number
   * @param deletionsPerMinute how many accounts it may delete; 0 for any number
   */
  public MassCaps(int resetsPerMinute, int deletionsPerMinute, Clock clock) {
    this.resets = RequestLimits.of(resetsPerMinute, 0, clock);
    this.deletions = RequestLimits.of(deletionsPerMinute, 0, clock);
  }

  /**
   * Counts a reset.
   *
   * @throws ApiException when it is one too many
   */
  public void reset(Call call) {
    take(resets, call);
  }

  /**
   * Counts a deletion.
   *
   * @throws ApiException when it is one too many
   */
  public void delete(Call call) {
    take(deletions, call);
  }

  private static void take(RequestLimits limits, Call call) {
    limits
        .take(call.caller().partner(), null)
        .ifPresent(refusal -> {
          throw ApiErrors.tooManyChanges(refusal.retryAfter());
        });
  }
}
