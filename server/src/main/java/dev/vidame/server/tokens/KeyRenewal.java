package dev.vidame.server.tokens;

import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.operators.KeyRotation;
import dev.vidame.directory.operators.Operators;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Exchanges the key that signs tokens when it is old, by itself: at the start, and once an hour
 * from then on (docs/decisions/0045). Tokens that are there stay good.
 */
public final class KeyRenewal implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(KeyRenewal.class.getName());

  private static final long EVERY_MINUTES = 60;

  /** Less than a key that was exchanged verifies beyond its last token. */
  private static final Duration LISTEN_EVERY = Duration.ofSeconds(20);

  /** The rows of a renewal name no operator: the server itself did it. */
  private static final Actor SERVER = Actor.operator(Operators.NO_PARTNER);

  private final Tokens tokens;
  private final Duration age;
  private final Supplier<UUID> newIds;
  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("vidame-key-renewal").factory());

  KeyRenewal(Tokens tokens, Duration age, Supplier<UUID> newIds) {
    this.tokens = tokens;
    this.age = age;
    this.newIds = newIds;
  }

  /**
   * Looks at once, and goes on looking.
   *
   * @param age at which a key is old; zero for never
   * @param isShared whether other servers may exchange the key, too
   */
  public static KeyRenewal start(
      Tokens tokens, Duration age, boolean isShared, Supplier<UUID> newIds) {
    return start(tokens, age, isShared ? LISTEN_EVERY : Duration.ZERO, newIds);
  }

  /**
   * The same.
   *
   * @param listenEvery how often it is looked what other servers have exchanged; zero for never
   */
  static KeyRenewal start(
      Tokens tokens, Duration age, Duration listenEvery, Supplier<UUID> newIds) {
    KeyRenewal renewal = new KeyRenewal(tokens, age, newIds);
    if (age.isPositive()) {
      renewal.runSafely();
      var _ =
          renewal.schedule.scheduleWithFixedDelay(
              renewal::runSafely, EVERY_MINUTES, EVERY_MINUTES, TimeUnit.MINUTES);
    }
    if (listenEvery.isPositive()) {
      var _ =
          renewal.schedule.scheduleWithFixedDelay(
              renewal::listenSafely,
              listenEvery.toMillis(),
              listenEvery.toMillis(),
              TimeUnit.MILLISECONDS);
    }
    return renewal;
  }

  /** Exchanges the key if it is old, and says in the log what there is to say. */
  KeyRotation.Renewal run() {
    KeyRotation.Renewal renewal = tokens.renewKey(age, ChangeRequest.once(SERVER, newIds.get()));
    switch (renewal) {
      case DONE ->
          LOG.log(
              System.Logger.Level.INFO,
              "The key that signs tokens was "
                  + age.toDays()
                  + " days old; the next one signs from now on");
      case NO_ROOM ->
          LOG.log(
              System.Logger.Level.WARNING,
              "The key that signs tokens is old, but "
                  + KeyRotation.MOST_KEYS
                  + " keys are needed for tokens that are still good; it is exchanged when some have ended");
      case NOT_DUE -> {
        // Nothing to say, once an hour.
      }
    }
    return renewal;
  }

  /** The top of its thread: a look that fails is taken again, and a server starts without it. */
  private void runSafely() {
    try {
      var _ = run();
    } catch (RuntimeException e) {
      LOG.log(
          System.Logger.Level.ERROR,
          "The key that signs tokens could not be exchanged; this will be tried again",
          e);
    }
  }

  /** Takes over what other servers have exchanged. */
  private void listenSafely() {
    try {
      tokens.reloadKeys();
    } catch (RuntimeException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "The keys that sign tokens could not be read; this will be tried again",
          e);
    }
  }

  /** Stops; a look under way ends first. */
  @Override
  public void close() {
    schedule.close();
  }
}
