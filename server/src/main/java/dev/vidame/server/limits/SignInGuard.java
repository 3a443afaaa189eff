package dev.vidame.server.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vidame.directory.journal.Fingerprint;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Slows down who guesses passwords and secrets, and then locks them out for a while; not those
 * whose they are (docs/decisions/0037). Thread-safe.
 */
public final class SignInGuard {
  /*
   * An address from which an account signed in is known to it for some time. Tries from there are counted for that pair
   * alone. All others share one count of the account, and each address has a budget of failures for all accounts together.
   * So whoever guesses from elsewhere locks the account for elsewhere only.
   *
   * Whether there is such an account is not asked: names that nobody has are counted the same way, and tell nothing.
   *
   * Codes and refresh tokens are of no account that a guess would name, so each address has one count of each kind, and
   * a right one clears nothing: anybody can have one of their own.
   */

  private static final int MOST_COUNTS = 100_000;
  private static final Duration KNOWN_FOR = Duration.ofDays(30);

  private final Rules rules;
  private final Listener listener;
  private final Clock clock;
  private final Cache<Fingerprint, FailureCount> counts;

  /** Apart, so that nobody drives one out by guessing at passwords. */
  private final Cache<Fingerprint, FailureCount> secondFactors;

  private final Cache<Fingerprint, AddressBudget> addresses;
  private final Cache<Fingerprint, Boolean> known;

  /** Codes and tokens that were refused before. */
  private final Cache<Fingerprint, Boolean> madeUp;

  /**
   * What is borne.
   *
   * @param lockAfter after how many failures there is a lock; 0 for never
   * @param longestLock how long a lock is at most
   * @param addressPerMinute how many failures a minute an address may have; 0 for any number
   */
  public record Rules(int lockAfter, Duration longestLock, int addressPerMinute) {}

  /**
   * Who tries.
   *
   * @param kind of what is tried, so that an application is not taken for an agent
   * @param name as it was given, in any case; of what is nobody's account, the code itself
   * @param address from where
   */
  public record Who(Kind kind, String name, InetAddress address) {}

  /** Whose secret it is. */
  public enum Kind {
    /** A person's, short enough to be guessed. */
    PASSWORD,
    /** An application's, which asks for many tokens at once. */
    CLIENT_SECRET,
    /**
     * The short code that a person shows after the password. Strangers do not get as far, so there
     * is one count of an account for all addresses.
     */
    SECOND_FACTOR,
    /** What a person types whose device waits, short and good for as long as anybody waits. */
    USER_CODE,
    /** What an application shows to go on with a sign-in; too long to be guessed. */
    REFRESH_TOKEN,
    /** What an application got from the page where an agent signed in; as long. */
    AUTHORIZATION_CODE,
    /** What a device asks with whether the person has answered; as long. */
    DEVICE_CODE
  }

  /** Why a try was no success. */
  public enum Reason {
    /** What was given is not right. */
    WRONG,
    /** It came too soon, and what was given was not looked at. */
    TOO_SOON,
    /** Nothing is looked at any more, until an operator has done something about it. */
    BLOCKED
  }

  /** Is told of what goes wrong. Must be thread-safe. */
  public interface Listener {
    /** Tells nobody. */
    Listener NONE =
        new Listener() {
          @Override
          public void failed(Who who, Reason reason) {}

          @Override
          public void locked(Who who, Duration lock) {}

          @Override
          public void blocked(Who who) {}
        };

    /** Somebody did not sign in. */
    void failed(Who who, Reason reason);

    /** With a failure a lock begins. */
    void locked(Who who, Duration lock);

    /** With a failure a block begins, which does not end by itself. */
    void blocked(Who who);
  }

  /** A guard that works in silence. */
  SignInGuard(Rules rules, Clock clock) {
    this(rules, Listener.NONE, clock);
  }

  /** A guard. */
  public SignInGuard(Rules rules, Listener listener, Clock clock) {
    this.rules = rules;
    this.listener = listener;
    this.clock = clock;
    this.counts = bounded().expireAfterAccess(FailureCount.FORGIVEN_AFTER.multipliedBy(2)).build();
    this.secondFactors =
        bounded().expireAfterAccess(FailureCount.FORGIVEN_AFTER.multipliedBy(2)).build();
    this.addresses = bounded().expireAfterAccess(Duration.ofMinutes(2)).build();
    this.known = bounded().expireAfterWrite(KNOWN_FOR).build();
    this.madeUp = bounded().expireAfterAccess(FailureCount.FORGIVEN_AFTER.multipliedBy(2)).build();
  }

  private Caffeine<Object, Object> bounded() {
    return Caffeine.newBuilder()
        .maximumSize(MOST_COUNTS)
        .ticker(() -> now())
        .executor(Runnable::run);
  }

  /** A guard that lets everybody try. */
  public static SignInGuard open() {
    return new SignInGuard(new Rules(0, Duration.ZERO, 0), Clock.systemUTC());
  }

  /**
   * Lets somebody prove that they are who they say.
   *
   * @param proof looks whether they are; empty where not
   * @throws SignInThrottled when the try comes too soon; then the proof was not asked for
   * @throws SignInBlocked when the proof does; more of them need no slowing down
   */
  public <T> Optional<T> attempt(Who who, Supplier<Optional<T>> proof) {
    Attempt attempt;
    try {
      attempt = begin(who);
    } catch (SignInThrottled e) {
      listener.failed(who, Reason.TOO_SOON);
      throw e;
    }
    Optional<T> proved;
    try {
      proved = proof.get();
    } catch (SignInBlocked e) {
      attempt.spare();
      listener.failed(who, e.isNew() ? Reason.WRONG : Reason.BLOCKED);
      if (e.isNew()) {
        listener.blocked(who);
      }
      throw e;
    } catch (RuntimeException e) {
      attempt.spare();
      throw e;
    }
    if (proved.isPresent()) {
      attempt.succeed();
    } else {
      long lock = attempt.fail();
      listener.failed(who, Reason.WRONG);
      if (lock > 0) {
        listener.locked(who, Duration.ofNanos(lock));
      }
    }
    return proved;
  }

  /**
   * Counts a code or token that nobody was ever given. The same one again is no guess, but a client
   * that was not told, and is let be: it must hear that it has to sign in anew.
   *
   * @throws SignInThrottled when it comes too soon
   */
  public void refuse(Who made) {
    Fingerprint code =
        Fingerprint.of(
            utf8(made.kind().name()), utf8(made.name()), AddressBudget.network(made.address()));
    if (madeUp.getIfPresent(code) == null) {
      var _ = attempt(made, Optional::empty);
      madeUp.put(code, true);
    }
  }

  private Attempt begin(Who who) {
    Fingerprint account = fingerprint(who.kind().name(), who.name().toLowerCase(Locale.ROOT));
    return switch (who.kind()) {
      case PASSWORD, CLIENT_SECRET -> begin(who, account);
      case SECOND_FACTOR -> afterPassword(account);
      case USER_CODE, REFRESH_TOKEN, AUTHORIZATION_CODE, DEVICE_CODE -> atAddress(who);
    };
  }

  private Attempt atAddress(Who who) {
    byte[] network = AddressBudget.network(who.address());
    long now = now();
    FailureCount count =
        rules.lockAfter() == 0
            ? null
            : counts.get(Fingerprint.of(utf8(who.kind().name()), network), _ -> new FailureCount());
    Attempt attempt = new Attempt(null, count, budget(network, now), true);
    attempt.enter(now, false);
    return attempt;
  }

  private @Nullable AddressBudget budget(byte[] network, long now) {
    return rules.addressPerMinute() == 0
        ? null
        : addresses.get(Fingerprint.of(network), _ -> new AddressBudget(now));
  }

  private Attempt afterPassword(Fingerprint account) {
    FailureCount count =
        rules.lockAfter() == 0 ? null : secondFactors.get(account, _ -> new FailureCount());
    Attempt attempt = new Attempt(null, count, null, true);
    attempt.enter(now(), false);
    return attempt;
  }

  private Attempt begin(Who who, Fingerprint account) {
    byte[] network = AddressBudget.network(who.address());
    Fingerprint pair = Fingerprint.of(account.bytes(), network);
    boolean isKnown = known.getIfPresent(pair) != null;
    boolean isCounted = !isKnown && who.kind() == Kind.PASSWORD;
    long now = now();
    FailureCount count =
        rules.lockAfter() == 0
            ? null
            : counts.get(isKnown ? pair : account, _ -> new FailureCount());
    AddressBudget address = isKnown ? null : budget(network, now);
    Attempt attempt = new Attempt(pair, count, address, isCounted);
    attempt.enter(now, isKnown);
    return attempt;
  }

  /** One try, from when it is let in. */
  private final class Attempt {
    private final @Nullable Fingerprint pair;
    private final @Nullable FailureCount count;
    private final @Nullable AddressBudget address;
    private final boolean isCounted;
    private boolean isKnown;

    Attempt(
        @Nullable Fingerprint pair,
        @Nullable FailureCount count,
        @Nullable AddressBudget address,
        boolean isCounted) {
      this.pair = pair;
      this.count = count;
      this.address = address;
      this.isCounted = isCounted;
    }

    void enter(long now, boolean isFromKnownAddress) {
      isKnown = isFromKnownAddress;
      long wait = count == null ? 0 : count.begin(now, rules, isCounted);
      if (wait == 0 && address != null) {
        wait = address.spend(now, addressPace(), isCounted);
        if (wait > 0) {
          count(FailureCount::spare);
        }
      }
      if (wait > 0) {
        throw new SignInThrottled(Duration.ofSeconds(Math.ceilDiv(wait, 1_000_000_000L)));
      }
    }

    private void count(Ending ending) {
      if (count != null) {
        ending.end(count, isCounted);
      }
    }

    void spare() {
      count(FailureCount::spare);
      giveBack();
    }

    void succeed() {
      // Only what is held against the pair is cleared: whoever has one account must not clear what
      // their guesses at others have cost.
      count(isKnown ? FailureCount::clear : FailureCount::spare);
      giveBack();
      if (pair != null) {
        known.put(pair, true);
      }
    }

    /** How long the lock is that begins with it; 0 where none does. */
    long fail() {
      long now = now();
      long lock = count == null ? 0 : count.fail(now, rules, isCounted);
      if (address != null && !isCounted) {
        var _ = address.spend(now, addressPace(), true);
      }
      return lock;
    }

    private void giveBack() {
      if (address != null && isCounted) {
        address.refund(now(), addressPace());
      }
    }
  }

  /** How a try ends. */
  @FunctionalInterface
  private interface Ending {
    void end(FailureCount count, boolean isCounted);
  }

  private Pace addressPace() {
    return new Pace(rules.addressPerMinute());
  }

  private static Fingerprint fingerprint(String kind, String name) {
    return Fingerprint.of(utf8(kind), utf8(name));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private long now() {
    Instant moment = clock.instant();
    return TimeUnit.SECONDS.toNanos(moment.getEpochSecond()) + moment.getNano();
  }

  /** How many counts are kept. */
  long counts() {
    counts.cleanUp();
    secondFactors.cleanUp();
    addresses.cleanUp();
    return counts.estimatedSize() + secondFactors.estimatedSize() + addresses.estimatedSize();
  }
}
