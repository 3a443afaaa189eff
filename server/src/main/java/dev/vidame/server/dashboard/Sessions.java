package dev.vidame.server.dashboard;

import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.Partners;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Who is signed in. Thread-safe. Sessions are kept in memory, so a restart ends them; only hashes
 * of what browsers hold are kept, so that a copy of the memory opens none.
 */
public final class Sessions {
  private static final int SECRET_BYTES = 32;

  private final Partners partners;
  private final Limits limits;
  private final SecureRandom random;
  private final Clock clock;
  private final Map<String, Session> byHash = new ConcurrentHashMap<>();

  /**
   * How long sessions last, and how many there are.
   *
   * @param idle after how long without a request one ends
   * @param longest after how long one ends in any case
   * @param ofAgent how many an agent has at most; a further one ends the one unused for longest
   * @param inAll how many there are at most, likewise
   */
  public record Limits(Duration idle, Duration longest, int ofAgent, int inAll) {}

  Sessions(Partners partners, Limits limits, SecureRandom random, Clock clock) {
    this.partners = partners;
    this.limits = limits;
    this.random = random;
    this.clock = clock;
  }

  Limits limits() {
    return limits;
  }

  /**
   * Begins a session.
   *
   * @return what the browser keeps; nobody else knows it
   */
  synchronized String start(Session.Who who) {
    byHash.values().removeIf(session -> !isGoing(session));
    AgentId agent = who.agent().id();
    Predicate<Session> isOfAgent = session -> session.agent().id().equals(agent);
    makeRoom(isOfAgent, limits.ofAgent());
    makeRoom(any -> true, limits.inAll());
    String key = secret();
    byHash.put(hash(key), new Session(who, secret(), clock.instant()));
    return key;
  }

  private void makeRoom(Predicate<Session> among, int most) {
    while (byHash.values().stream().filter(among).count() >= most) {
      byHash.entrySet().stream()
          .filter(entry -> among.test(entry.getValue()))
          .min(Comparator.comparing(entry -> entry.getValue().usedAt()))
          .ifPresent(entry -> byHash.remove(entry.getKey()));
    }
  }

  /** The session that a browser has the key of, while the agent may go on with it. */
  Optional<Session> find(String key) {
    String hash = hash(key);
    Session session = byHash.get(hash);
    if (session == null) {
      return Optional.empty();
    }
    if (!isGoing(session) || !isStillWelcome(session)) {
      byHash.remove(hash);
      return Optional.empty();
    }
    session.use(clock.instant());
    return Optional.of(session);
  }

  private boolean isGoing(Session session) {
    Instant now = clock.instant();
    return now.isBefore(session.usedAt().plus(limits.idle()))
        && now.isBefore(session.startedAt().plus(limits.longest()));
  }

  /** Asked of the store each time: an agent who is disabled or has another password is out. */
  private boolean isStillWelcome(Session session) {
    return partners
        .proved(session.agent().id())
        .filter(proved -> proved.mark().equals(session.who().mark()))
        .isPresent();
  }

  /** As {@link #find}, for a request whose session was found before. */
  Optional<Session> known(String key) {
    return Optional.ofNullable(byHash.get(hash(key)));
  }

  void end(String key) {
    byHash.remove(hash(key));
  }

  private String secret() {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String hash(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
