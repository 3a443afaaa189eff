package dev.vidame.server.limits;

import dev.vidame.server.limits.SignInGuard.Reason;
import dev.vidame.server.limits.SignInGuard.Who;
import dev.vidame.server.metrics.RequestMetrics;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Counts the sign-ins that fail, and writes them to the log (docs/decisions/0043). Thread-safe.
 *
 * <p>Somebody may have typed a password where the name belongs, so no name is written: an agent or
 * an application that there is goes by its id, and everything else by a keyed hash, which is the
 * same whenever the same is tried again.
 */
public final class SignInLog implements SignInGuard.Listener {
  private static final System.Logger LOG = System.getLogger(SignInLog.class.getName());
  private static final String HASH = "HmacSHA256";
  private static final int SHOWN_BYTES = 8;

  /** Whoever guesses must not fill the disc. */
  static final int LINES_PER_MINUTE = 60;

  private final RequestMetrics metrics;
  private final Accounts accounts;
  private final SecretKeySpec key;
  private final Clock clock;
  private final Pace pace = new Pace(LINES_PER_MINUTE);
  private final Budget budget;
  private long notShown;

  /** Knows who there is. */
  @FunctionalInterface
  public interface Accounts {
    /** The agent or application of the name, or empty where there is none. */
    Optional<UUID> find(Who who);
  }

  /**
   * A log.
   *
   * @param key what names are hashed with; it must stay the same for hashes to be compared
   */
  public SignInLog(RequestMetrics metrics, Accounts accounts, byte[] key, Clock clock) {
    this.metrics = metrics;
    this.accounts = accounts;
    this.key = new SecretKeySpec(key, HASH);
    this.clock = clock;
    this.budget = new Budget(now());
  }

  @Override
  public void failed(Who who, Reason reason) {
    metrics.signInFailed(text(who.kind()), text(reason));
    long before = take();
    if (before >= 0) {
      String others = before == 0 ? "" : " notShownBefore=" + before;
      LOG.log(
          System.Logger.Level.INFO,
          "Sign-in failed: " + told(who) + " reason=" + text(reason) + others);
    }
  }

  @Override
  public void locked(Who who, Duration lock) {
    metrics.signInLocked(text(who.kind()));
    LOG.log(
        System.Logger.Level.WARNING,
        "Sign-in locked: " + told(who) + " seconds=" + lock.toSeconds());
  }

  @Override
  public void blocked(Who who) {
    metrics.signInLocked(text(who.kind()));
    LOG.log(
        System.Logger.Level.WARNING,
        "Sign-in blocked until an operator gives another second factor: " + told(who));
  }

  /** How many lines were left out before this one; less than 0 where this one is left out, too. */
  private synchronized long take() {
    long now = now();
    if (budget.waitFrom(now, pace) > 0) {
      notShown++;
      return -1;
    }
    budget.spend(now, pace);
    long before = notShown;
    notShown = 0;
    return before;
  }

  private long now() {
    Instant moment = clock.instant();
    return TimeUnit.SECONDS.toNanos(moment.getEpochSecond()) + moment.getNano();
  }

  private String told(Who who) {
    return "kind="
        + text(who.kind())
        + " account="
        + accounts.find(who).map(UUID::toString).orElseGet(() -> "unknown-" + hash(who))
        + " address="
        + who.address().getHostAddress();
  }

  private String hash(Who who) {
    try {
      Mac mac = Mac.getInstance(HASH);
      mac.init(key);
      String name = who.kind() + " " + who.name().toLowerCase(Locale.ROOT);
      byte[] hash = mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, SHOWN_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + HASH, e);
    }
  }

  private static String text(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
