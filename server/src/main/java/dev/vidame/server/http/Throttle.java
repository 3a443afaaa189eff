package dev.vidame.server.http;

import dev.vidame.directory.partners.PartnerId;
import dev.vidame.server.limits.HeldAnswers;
import dev.vidame.server.limits.RequestLimits;
import dev.vidame.server.logs.RequestContext;
import dev.vidame.server.metrics.RequestMetrics;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.Guid;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Refuses callers who ask too often, before anything is done for them. Thread-safe. */
public final class Throttle {
  private static final int TOO_MANY_REQUESTS = 429;

  private final RequestLimits limits;
  private final HeldAnswers held;
  private final RequestMetrics metrics;

  /** A throttle that counts what it refuses, and holds the answers to a client that is hasty. */
  public Throttle(RequestLimits limits, HeldAnswers held, RequestMetrics metrics) {
    this.limits = limits;
    this.held = held;
    this.metrics = metrics;
    metrics.watchHeldAnswers(held::held);
  }

  /** A throttle that lets everybody in. */
  public static Throttle open(RequestMetrics metrics) {
    return new Throttle(
        RequestLimits.of(0, 0, Clock.systemUTC()), new HeldAnswers(Duration.ZERO, 0), metrics);
  }

  /**
   * Lets a request in.
   *
   * @param partner who asks, as its token proves
   * @param customer what the path names as customer, which need not be one; null where it names
   *     none
   * @throws Throttled when it comes too soon
   */
  void admit(PartnerId partner, @Nullable String customer) {
    CustomerId named =
        customer == null ? null : Guid.parse(customer).map(CustomerId::new).orElse(null);
    limits
        .take(partner, named)
        .ifPresent(refusal -> {
          throw new Throttled(refusal);
        });
  }

  /**
   * Lets something in that is done for an agent without a request of its own.
   *
   * @param route what metrics call it
   * @return how long it must wait first; empty where it is let in
   */
  public Optional<Duration> waitFor(PartnerId partner, CustomerId customer, String route) {
    Optional<RequestLimits.Refusal> refusal = limits.take(partner, customer);
    refusal.ifPresent(
        found -> metrics.limited(route, found.scope().name().toLowerCase(Locale.ROOT)));
    return refusal.map(RequestLimits.Refusal::retryAfter);
  }

  /** Counts a token of a partner, which is a request like any other; empty where it may have it. */
  public Optional<Duration> waitForToken(PartnerId partner) {
    Optional<RequestLimits.Refusal> refusal = limits.take(partner, null);
    refusal.ifPresent(any ->
        metrics.limited(
            RequestContext.current().map(RequestContext::operation).orElse("unknown"), "partner"));
    return refusal.map(RequestLimits.Refusal::retryAfter);
  }

  /** The answer to who came too soon. */
  Answer refuse(Throttled throttled, String route) {
    metrics.limited(route, throttled.refusal().scope().name().toLowerCase(Locale.ROOT));
    return ApiErrors.rateLimitExceeded(throttled.refusal().retryAfter());
  }

  /** Holds no answer any longer. */
  void letGo() {
    held.close();
  }

  /**
   * Holds an answer after which its client would ask again within milliseconds, whatever {@code
   * Retry-After} says.
   */
  void holdIfHasty(Request request, Answer answer) {
    if (answer.status() == TOO_MANY_REQUESTS && request.isOfJavaClient()) {
      held.hold();
    }
  }
}
