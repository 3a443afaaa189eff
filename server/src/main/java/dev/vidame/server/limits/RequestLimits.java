package dev.vidame.server.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.wire.CustomerId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How often each partner may ask, as a whole and for each of its customers (wire-spec §7.4).
 * Thread-safe, and without any other work than a look into memory.
 *
 * <p>The partner must have been proved: whoever may claim to be another one could use up what is
 * left to it.
 */
public final class RequestLimits {
  /**
   * Longer than a budget takes to become whole, so that only whole ones are forgotten. There are no
   * more of them than partners that the operator made.
   */
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(2);

  private final Paces paces;
  private final Clock clock;
  private final Cache<PartnerId, PartnerBudget> partners;

  /** What is limited. */
  public enum Scope {
    /** All that a partner asks for. */
    PARTNER,
    /** What a partner asks for of one customer. */
    CUSTOMER,
    /** What comes from one address and is refused. */
    ADDRESS
  }

  /**
   * A request that comes too soon. Nothing has been taken for it.
   *
   * @param scope which limit it meets; of both, the one that lasts longer
   * @param retryAfter how long to wait: at that moment one request is let in, and not before
   */
  public record Refusal(Scope scope, Duration retryAfter) {}

  /** The two paces; null where there is no limit. */
  record Paces(@Nullable Pace partner, @Nullable Pace customer) {}

  private RequestLimits(Paces paces, Clock clock) {
    this.paces = paces;
    this.clock = clock;
    this.partners =
        Caffeine.newBuilder()
            .expireAfterAccess(FORGOTTEN_AFTER)
            .ticker(() -> nanos(clock.instant()))
            .executor(Runnable::run)
            .build();
  }

  /**
   * Limits.
   *
   * @param partnerPerMinute what a partner may ask for in all; 0 for any number
   * @param customerPerMinute what a partner may ask for of one customer; 0 for any number
   */
  public static RequestLimits of(int partnerPerMinute, int customerPerMinute, Clock clock) {
    return new RequestLimits(new Paces(pace(partnerPerMinute), pace(customerPerMinute)), clock);
  }

  private static @Nullable Pace pace(int perMinute) {
    return perMinute == 0 ? null : new Pace(perMinute);
  }

  /**
   * Lets a request in, or says why not.
   *
   * @param partner who asks, as its token proves
   * @param customer of whom, whether there is such a customer or not; null where it is none
   */
  public Optional<Refusal> take(PartnerId partner, @Nullable CustomerId customer) {
    if (paces.partner() == null && (paces.customer() == null || customer == null)) {
      return Optional.empty();
    }
    long now = nanos(clock.instant());
    return partners.get(partner, any -> new PartnerBudget(paces, now)).take(customer, now);
  }

  private static long nanos(Instant moment) {
    return TimeUnit.SECONDS.toNanos(moment.getEpochSecond()) + moment.getNano();
  }

  /** How many partners are remembered. */
  long partners() {
    partners.cleanUp();
    return partners.estimatedSize();
  }

  /** How many customers of a partner are remembered. */
  int customersOf(PartnerId partner) {
    PartnerBudget known = partners.getIfPresent(partner);
    return known == null ? 0 : known.customers();
  }
}
