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
 * not lock out or delete a whole directory within minutes, or bring back all who were let go. Caps
 * are off unless the operator sets them; what is unusually much is marked in the journal
 * (docs/decisions/0043). Thread-safe.
 */
public final class MassCaps {
  private final RequestLimits resets;
  private final RequestLimits deletions;
  private final RequestLimits restorations;
  private final MassWatch watchedResets;
  private final MassWatch watchedDeletions;
  private final MassWatch watchedRestorations;
  private final RequestMetrics metrics;

  /**
   * What a partner may do within a minute.
   *
   * @param resets how many passwords it may reset; 0 for any number
   * @param deletions how many accounts it may delete; 0 for any number
   * @param restorations how many it may restore; 0 for any number
   * @param usual how many of each are nothing unusual; 0 where any number is
   */
  public record PerMinute(int resets, int deletions, int restorations, int usual) {}

  /**
   * Caps.
   *
   * @param metrics counts what is refused
   */
  public MassCaps(PerMinute perMinute, Clock clock, RequestMetrics metrics) {
    this.metrics = metrics;
    this.resets = RequestLimits.of(perMinute.resets(), 0, clock);
    this.deletions = RequestLimits.of(perMinute.deletions(), 0, clock);
    this.restorations = RequestLimits.of(perMinute.restorations(), 0, clock);
    this.watchedResets = new MassWatch("password_reset", perMinute.usual(), clock);
    this.watchedDeletions = new MassWatch("deletion", perMinute.usual(), clock);
    this.watchedRestorations = new MassWatch("restoration", perMinute.usual(), clock);
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
    return marked(request, watchedResets.count(partner));
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
    return marked(request, watchedDeletions.count(partner));
  }

  /**
   * Counts a restoration.
   *
   * @return the request, marked where it is one of unusually many
   * @throws ApiException when it is one too many
   */
  public ChangeRequest restore(Call call, ChangeRequest request) {
    take(restorations, "restorations", call);
    return markedRestoration(call.caller().partner(), request);
  }

  /** Counts a restoration of somebody who can wait; empty where it may be made now. */
  public Optional<Duration> waitToRestore(PartnerId partner) {
    return taken(restorations, "restorations", partner);
  }

  /** The request, marked where it is one of unusually many restorations. */
  public ChangeRequest markedRestoration(PartnerId partner, ChangeRequest request) {
    return marked(request, watchedRestorations.count(partner));
  }

  /** One request can be two of these, and a mark is not taken off. */
  private static ChangeRequest marked(ChangeRequest request, int count) {
    return count == 0 ? request : request.asOneOfMany(count);
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
