package dev.vidame.sdk;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps a token as long as it is good. Thread-safe. */
final class CachedCredential implements PartnerCredential {
  /*
   * One thread at a time fetches. While the old token still serves, the others go on with it; only
   * when there is none do they wait for the one that fetches and take what it brought.
   *
   * A token is replaced ahead of its end, two minutes or half its life, whichever is shorter: a token
   * that lives for a minute would else be replaced on every call. A replacement ahead of time that
   * fails is no failure of the call, since the old token still serves; it is tried again after a
   * pause, so that a token endpoint that hangs does not cost every call its time limit.
   */
  private static final Duration AHEAD = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final Supplier<AccessToken> source;
  private final Clock clock;
  private final ReentrantLock fetching = new ReentrantLock();
  private volatile @Nullable Held held;

  /** A token, and when to look for its successor: null means never. */
  private record Held(AccessToken token, @Nullable Instant renewAt) {
    boolean isGood(Instant now) {
      return token.expiresAt() == null || now.isBefore(token.expiresAt());
    }

    boolean isFresh(Instant now) {
      return isGood(now) && (renewAt == null || now.isBefore(renewAt));
    }
  }

  CachedCredential(Supplier<AccessToken> source, Clock clock) {
    this.source = source;
    this.clock = clock;
  }

  @Override
  public AccessToken token() {
    Instant now = clock.instant();
    Held current = held;
    if (current != null && current.isFresh(now)) {
      return current.token();
    }
    if (current != null && current.isGood(now)) {
      return fetching.tryLock() ? renewAhead() : current.token();
    }
    lock();
    try {
      Held waitedFor = held;
      return waitedFor != null && waitedFor.isGood(clock.instant()) ? waitedFor.token() : fetch();
    } finally {
      fetching.unlock();
    }
  }

  /** The caller holds the lock. */
  private AccessToken renewAhead() {
    try {
      Held current = held;
      Instant now = clock.instant();
      if (current == null || !current.isGood(now)) {
        return fetch();
      }
      if (current.isFresh(now)) {
        return current.token();
      }
      try {
        return fetch();
      } catch (PartnerException e) {
        held = new Held(current.token(), now.plus(PAUSE));
        return current.token();
      }
    } finally {
      fetching.unlock();
    }
  }

  private AccessToken fetch() {
    Instant asked = clock.instant();
    AccessToken token = source.get();
    held = new Held(token, renewal(asked, token.expiresAt()));
    return token;
  }

  private static @Nullable Instant renewal(Instant asked, @Nullable Instant expiresAt) {
    if (expiresAt == null) {
      return null;
    }
    Duration half = Duration.between(asked, expiresAt).dividedBy(2);
    return expiresAt.minus(half.compareTo(AHEAD) < 0 ? half : AHEAD);
  }

  private void lock() {
    try {
      fetching.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PartnerException(
          Failure.withoutAnswer("The thread was interrupted while it waited for a token"), e);
    }
  }

  /** Of many threads whose call failed with one token, only the first drops it. */
  @Override
  public void invalidate(AccessToken refused) {
    Held current = held;
    if (current == null || !current.token().value().equals(refused.value())) {
      return;
    }
    lock();
    try {
      current = held;
      if (current != null && current.token().value().equals(refused.value())) {
        held = null;
      }
    } finally {
      fetching.unlock();
    }
  }

  @Override
  public String toString() {
    return "CachedCredential[token=***]";
  }
}
