package dev.vidame.server.http;

import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.server.limits.RequestLimits;
import dev.vidame.server.logs.RequestContext;
import dev.vidame.server.metrics.RequestMetrics;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * How many accounts a partner may change in ways that hurt in great numbers: a stolen token must
 * not lock out or delete a whole directory within minutes. Caps are off unless the operator sets
 * them; what is unusually much is marked in the journal (docs/decisions/0043). Thread-safe.
 */
public final class MassCaps {
  private final RequestLimits resets;
  private final RequestLimits deletions;
  private final MassWatch watchedResets;
  private final MassWatch watchedDeletions;
  private final RequestMetrics metrics;

  /**
   * Caps.
   *
   * @param resetsPerMinute how many passwords a partner may reset a minute; 0 for any number
   * @param deletionsPerMinute how many accounts it may delete; 0 for any number
   * @param usualPerMinute how many of each are nothing unusual; 0 where any number is
   * @param metrics counts what is refused
   */
  @SuppressWarnings("TooManyParameters") // three numbers of the operator's, and what they work with
  public MassCaps(
      int resetsPerMinute,
      int deletionsPerMinute,
      int usualPerMinute,
      Clock clock,
      RequestMetrics metrics) {
    this.metrics = metrics;
    this.resets = RequestLimits.of(resetsPerMinute, 0, clock);
    this.deletions = RequestLimits.of(deletionsPerMinute, 0, clock);
    this.watchedResets = new MassWatch("password_reset", usualPerMinute, clock);
    this.watchedDeletions = new MassWatch("deletion", usualPerMinute, clock);
  }

  /**
   * Counts a reset.
   *
   * @return the request, marked where it is one of unusually many
   * @throws ApiException when it is one too many
   */
  public ChangeRequest reset(Call call, ChangeRequest request) {
    take(resets, "password_resets", call);
    return markedReset(call.caller().partner(), request);
  }

  /** Counts a reset of somebody who can wait; empty where it may be made now. */
  public Optional<Duration> waitToReset(PartnerId partner) {
    return taken(resets, "password_resets", partner);
  }

  /** The request, marked where it is one of unusually many resets. */
  public ChangeRequest markedReset(PartnerId partner, ChangeRequest request) {
    return request.asOneOfMany(watchedResets.count(partner));
  }

  /**
   * Counts a deletion.
   *
   * @return the request, marked where it is one of unusually many
   * @throws ApiException when it is one too many
   */
  public ChangeRequest delete(Call call, ChangeRequest request) {
    take(deletions, "deletions", call);
    return markedDeletion(call.caller().partner(), request);
  }

  /** Counts a deletion of somebody who can wait; empty where it may be made now. */
  public Optional<Duration> waitToDelete(PartnerId partner) {
    return taken(deletions, "deletions", partner);
  }

  /** The request, marked where it is one of unusually many deletions. */
  public ChangeRequest markedDeletion(PartnerId partner, ChangeRequest request) {
    return request.asOneOfMany(watchedDeletions.count(partner));
  }

  private void take(RequestLimits limits, String limit, Call call) {
    taken(limits, limit, call.caller().partner())
        .ifPresent(wait -> {
          throw ApiErrors.tooManyChanges(wait);
        });
  }

  private Optional<Duration> taken(RequestLimits limits, String limit, PartnerId partner) {
    Optional<RequestLimits.Refusal> refusal = limits.take(partner, null);
    refusal.ifPresent(any ->
        metrics.limited(
            RequestContext.current().map(RequestContext::operation).orElse("unknown"), limit));
    return refusal.map(RequestLimits.Refusal::retryAfter);
  }
}
