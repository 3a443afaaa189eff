package dev.vidame.server.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vidame.directory.journal.Fingerprint;
import dev.vidame.server.limits.RequestLimits.Refusal;
import dev.vidame.server.limits.RequestLimits.Scope;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How many tokens of an address may be refused a minute; then no new one of it is looked at any
 * more for a while, as each look costs the check of a signature (docs/decisions/0096). Thread-safe.
 *
 * <p>A token is counted before it is looked at and given back when nobody made it up, so a thousand
 * at once count as a thousand.
 */
public final class RefusedTokens {
  private static final int MOST_ADDRESSES = 100_000;
  private static final int MOST_TOKENS = 100_000;

  /** Longer than a budget takes to become whole, so that only whole ones are forgotten. */
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(2);

  private static final Duration REMEMBERED_FOR = Duration.ofHours(1);

  private final @Nullable Pace pace;
  private final Clock clock;
  private final Cache<Fingerprint, AddressBudget> addresses;

  /** Those found good that are checked at each use all the same. */
  private final Cache<Fingerprint, Boolean> good;

  private RefusedTokens(@Nullable Pace pace, Clock clock) {
    this.pace = pace;
    this.clock = clock;
    this.addresses = bounded(MOST_ADDRESSES).expireAfterAccess(FORGOTTEN_AFTER).build();
    this.good = bounded(MOST_TOKENS).expireAfterAccess(REMEMBERED_FOR).build();
  }

  /**
   * A limit.
   *
   * @param perMinute how many may be refused; 0 for any number
   */
  public static RefusedTokens of(int perMinute, Clock clock) {
    return new RefusedTokens(perMinute == 0 ? null : new Pace(perMinute), clock);
  }

  private Caffeine<Object, Object> bounded(int most) {
    return Caffeine.newBuilder().maximumSize(most).ticker(() -> now()).executor(Runnable::run);
  }

  /**
   * Counts a token that will be looked at.
   *
   * @return empty where it may be, or how long its address has to wait
   */
  public Optional<Refusal> take(InetAddress address) {
    if (pace == null) {
      return Optional.empty();
    }
    long now = now();
    long wait = budget(address, now).spend(now, pace, true);
    return wait == 0
        ? Optional.empty()
        : Optional.of(new Refusal(Scope.ADDRESS, Duration.ofNanos(wait)));
  }

  /** Gives back what was taken for a token that somebody whom this server trusts has signed. */
  public void giveBack(InetAddress address) {
    if (pace != null) {
      long now = now();
      budget(address, now).refund(now, pace);
    }
  }

  /** From now on this token is looked at, whatever others at its address do. */
  public void remember(String token) {
    if (pace != null) {
      good.put(of(token), true);
    }
  }

  /** Whether this token may be looked at though nothing is left to its address. */
  public boolean isRemembered(String token) {
    return good.getIfPresent(of(token)) != null;
  }

  private AddressBudget budget(InetAddress address, long now) {
    return addresses.get(
        Fingerprint.of(AddressBudget.network(address)), _ -> new AddressBudget(now));
  }

  private static Fingerprint of(String token) {
    return Fingerprint.of(token.getBytes(StandardCharsets.UTF_8));
  }

  private long now() {
    Instant moment = clock.instant();
    return TimeUnit.SECONDS.toNanos(moment.getEpochSecond()) + moment.getNano();
  }

  /** How many addresses and tokens are remembered. */
  long remembered() {
    addresses.cleanUp();
    good.cleanUp();
    return addresses.estimatedSize() + good.estimatedSize();
  }
}
