package dev.vidame.server.http;

import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.server.limits.RequestLimits;
import dev.vidame.server.logs.RequestContext;
import dev.vidame.server.metrics.RequestMetrics;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How many accounts a partner may change in ways that hurt in great numbers: a stolen token must
 * not lock out or delete a whole directory within minutes, or bring back all who were let go. Caps
 * are off unless the operator sets them; what is unusually much is marked in the journal
 * (docs/decisions/0043). Thread-safe.
 */
public final class MassCaps {
  private final Map<Kind, RequestLimits> limits = new EnumMap<>(Kind.class);
  private final Map<Kind, MassWatch> watches = new EnumMap<>(Kind.class);
  private final RequestMetrics metrics;

  /** What hurts in great numbers. */
  public enum Kind {
    /** Another password for an account or an agent. */
    RESET("password_resets", "password_reset"),
    /** An account is deleted. */
    DELETION("deletions", "deletion"),
    /** A deleted account is brought back. */
    RESTORATION("restorations", "restoration");

    private final String limit;
    private final String mark;

    Kind(String limit, String mark) {
      this.limit = limit;
      this.mark = mark;
    }
  }

  /**
   * What a partner may do within a minute.
   *
   * @param resets how many passwords it may reset; 0 for any number
   * @param deletions how many accounts it may delete; 0 for any number
   * @param restorations how many it may restore; 0 for any number
   * @param usual how many of each are nothing unusual; 0 where any number is
   */
  public record PerMinute(int resets, int deletions, int restorations, int usual) {
    private int most(Kind kind) {
      return switch (kind) {
        case RESET -> resets;
        case DELETION -> deletions;
        case RESTORATION -> restorations;
      };
    }
  }

  /**
   * Caps.
   *
   * @param metrics counts what is refused
   */
  public MassCaps(PerMinute perMinute, Clock clock, RequestMetrics metrics) {
    this.metrics = metrics;
    for (Kind kind : Kind.values()) {
      limits.put(kind, RequestLimits.of(perMinute.most(kind), 0, clock));
      watches.put(kind, new MassWatch(kind.mark, perMinute.usual(), clock));
    }
  }

  /**
   * Counts one.
   *
   * @return the request, marked where it is one of unusually many
   * @throws ApiException when it is one too many
   */
  public ChangeRequest count(Kind kind, Call call, ChangeRequest request) {
    PartnerId partner = call.caller().partner();
    waitFor(kind, partner)
        .ifPresent(wait -> {
          throw ApiErrors.tooManyChanges(wait);
        });
    return marked(kind, partner, request);
  }

  /** Counts one of somebody who can wait; empty where it may be made now. */
  public Optional<Duration> waitFor(Kind kind, PartnerId partner) {
    Optional<RequestLimits.Refusal> refusal =
        Objects.requireNonNull(limits.get(kind)).take(partner, null);
    refusal.ifPresent(any ->
        metrics.limited(
            RequestContext.current().map(RequestContext::operation).orElse("unknown"), kind.limit));
    return refusal.map(RequestLimits.Refusal::retryAfter);
  }

  /**
   * The request, marked where it is one of unusually many. One request can be of two kinds, and a
   * mark is not taken off.
   */
  public ChangeRequest marked(Kind kind, PartnerId partner, ChangeRequest request) {
    int count = Objects.requireNonNull(watches.get(kind)).count(partner);
    return count == 0 ? request : request.asOneOfMany(count);
  }
}
