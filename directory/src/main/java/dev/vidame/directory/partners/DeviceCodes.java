package dev.vidame.directory.partners;

import dev.vidame.directory.partners.RefreshTokens.Subject;
import dev.vidame.directory.storage.Row;
import dev.vidame.directory.storage.Session;
import dev.vidame.directory.storage.Transactions;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Pairs of codes with which somebody signs in on one device for an application on another (RFC
 * 8628). Thread-safe. The device's code is kept as a hash only; the person's is short, and good for
 * nothing but to say which device is meant.
 */
public final class DeviceCodes {
  /** How long a pair is good. */
  public static final Duration VALIDITY = Duration.ofMinutes(15);

  /** How long a device waits between two questions, at first. */
  public static final Duration INTERVAL = Duration.ofSeconds(5);

  /** So many of an application may wait, since anybody can ask for one. */
  public static final int MOST_WAITING = 1_000;

  private static final Duration SLOWER_BY = Duration.ofSeconds(5);

  /** What the way of a request may differ by. */
  private static final Duration TOLERANCE = Duration.ofSeconds(1);

  /**
   * Neither vowels, so that no code is a word, nor digits, so that none is mistaken for a letter.
   */
  private static final String LETTERS = "BCDFGHJKLMNPQRSTVWXZ";

  private static final int USER_CODE_LETTERS = 8;
  private static final int DEVICE_CODE_BYTES = 32;

  private static final String WAITING =
      "select 1 from device_codes where application_id = ? and expires_at > ? limit 1 offset ?";

  private static final String IS_TAKEN = "select 1 from device_codes where user_code = ?";

  private static final String INSERT =
      "insert into device_codes (code_hash, user_code, partner_id, application_id, resource,"
          + " expires_at, poll_seconds) values (?,?,?,?,?,?,?)";

  private static final String COLUMNS =
      "select partner_id, application_id, resource, expires_at, poll_seconds, polled_at, agent_id,"
          + " is_allowed, used_at, is_multi_factor from device_codes";

  private static final String BY_USER_CODE = COLUMNS + " where user_code = ?";

  private static final String BY_DEVICE_CODE = COLUMNS + " where code_hash = ?";

  private static final String ANSWER =
      "update device_codes set agent_id = ?, is_allowed = ?, is_multi_factor = ?"
          + " where user_code = ? and is_allowed is null and expires_at > ?";

  private static final String ASKED =
      "update device_codes set polled_at = ?, poll_seconds = ? where code_hash = ?";

  private static final String USE = "update device_codes set used_at = ? where code_hash = ?";

  private static final String FORGET_AGENT =
      "delete from device_codes where agent_id = ? and used_at is null";

  private static final String FORGET_APPLICATION =
      "delete from device_codes where application_id = ? and used_at is null";

  /** A few at a time, so that no device pays for a thousand old ones. */
  private static final String PURGE =
      "delete from device_codes where code_hash in"
          + " (select code_hash from device_codes where expires_at < ?"
          + " order by expires_at, code_hash limit 4)";

  private final Transactions transactions;
  private final RefreshTokens refreshTokens;
  private final SecureRandom random;
  private final Clock clock;

  /** Codes in a store, exchanged for these tokens. */
  public DeviceCodes(
      Transactions transactions, RefreshTokens refreshTokens, SecureRandom random, Clock clock) {
    this.transactions = transactions;
    this.refreshTokens = refreshTokens;
    this.random = random;
    this.clock = clock;
  }

  /**
   * What a device asks for.
   *
   * @param partner whose application it is
   * @param application which
   * @param resource the audience
   */
  public record Wish(PartnerId partner, ApplicationId application, String resource) {}

  /**
   * A new pair.
   *
   * @param deviceCode for the device
   * @param userCode for the person, in capital letters
   */
  public record Pair(String deviceCode, String userCode) {
    /** Never shows the codes. */
    @Override
    public String toString() {
      return "Pair";
    }
  }

  /** What a device hears. */
  public sealed interface Reply {}

  /**
   * The person allowed it.
   *
   * @param subject who, with what, for which audience
   * @param refreshToken the first of its family
   */
  public record Granted(Subject subject, String refreshToken) implements Reply {
    /** Never shows the token. */
    @Override
    public String toString() {
      return "Granted[subject=" + subject + "]";
    }
  }

  /** Why a device gets nothing. */
  public enum Waits implements Reply {
    /** Nobody has answered yet. */
    PENDING,
    /** Nobody has answered yet, and the device asks too often. */
    TOO_OFTEN,
    /** The person did not allow it. */
    DECLINED,
    /** The time is over. */
    OVER,
    /** There is no such code, it was used, or it is another application's. */
    UNKNOWN
  }

  /** A new pair, or empty where too many of the application wait already. */
  public Optional<Pair> issue(Wish wish) {
    byte[] bytes = new byte[DEVICE_CODE_BYTES];
    random.nextBytes(bytes);
    String deviceCode = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    return transactions.writeShared(session -> {
      Instant now = clock.instant();
      session.update(PURGE, arguments -> arguments.instant(now.minus(VALIDITY)));
      boolean isFull =
          session.exists(
              WAITING,
              arguments ->
                  arguments.uuid(wish.application().value()).instant(now).number(MOST_WAITING - 1));
      if (isFull) {
        return Optional.<Pair>empty();
      }
      Pair pair = new Pair(deviceCode, freeUserCode(session));
      insert(session, pair, wish, now);
      return Optional.of(pair);
    });
  }

  private String freeUserCode(Session session) throws SQLException {
    String code = newUserCode();
    while (isTaken(session, code)) {
      code = newUserCode();
    }
    return code;
  }

  private static boolean isTaken(Session session, String code) throws SQLException {
    return session.exists(IS_TAKEN, arguments -> arguments.text(code));
  }

  private String newUserCode() {
    StringBuilder code = new StringBuilder(USER_CODE_LETTERS);
    for (int i = 0; i < USER_CODE_LETTERS; i++) {
      code.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return code.toString();
  }

  private static void insert(Session session, Pair pair, Wish wish, Instant now)
      throws SQLException {
    session.update(
        INSERT,
        arguments ->
            arguments
                .bytes(SecretHash.of(pair.deviceCode()))
                .text(pair.userCode())
                .uuid(wish.partner().value())
                .uuid(wish.application().value())
                .text(wish.resource())
                .instant(now.plus(VALIDITY))
                .number(INTERVAL.toSeconds()));
  }

  /** Whether a text can be a person's code at all. */
  public static boolean isUserCode(String text) {
    return text.length() == USER_CODE_LETTERS
        && text.chars().allMatch(letter -> LETTERS.indexOf(letter) >= 0);
  }

  /** What the device with this code asks for, while nobody has answered. */
  public Optional<Wish> waiting(String userCode) {
    return transactions
        .query(
            session -> session.one(BY_USER_CODE, arguments -> arguments.text(userCode), Stored::of))
        .filter(stored -> stored.isAllowed() == null && isInTime(stored))
        .map(Stored::wish);
  }

  /**
   * Allows it.
   *
   * @param agent who signed in
   * @param isMultiFactor whether the person showed a second factor
   * @return whether the device was still waiting
   */
  public boolean allow(String userCode, AgentId agent, boolean isMultiFactor) {
    return answer(userCode, agent, isMultiFactor);
  }

  /**
   * Does not allow it.
   *
   * @return whether the device was still waiting
   */
  public boolean deny(String userCode) {
    return answer(userCode, null, false);
  }

  private boolean answer(String userCode, @Nullable AgentId agent, boolean isMultiFactor) {
    return transactions.writeShared(session ->
        session.update(
                ANSWER,
                arguments ->
                    arguments
                        .uuid(agent == null ? null : agent.value())
                        .bool(agent != null)
                        .bool(isMultiFactor)
                        .text(userCode)
                        .instant(clock.instant()))
            == 1);
  }

  /** What there is of a device's code before it is asked with. */
  public enum Glance {
    /** There is no such code, or it is another application's. */
    UNKNOWN,
    /** Nobody has allowed anything yet, or nothing comes of it any more. */
    WITHOUT_TOKENS,
    /** To ask with it gives tokens. */
    WITH_TOKENS
  }

  /** Looks at a device's code and changes nothing. */
  public Glance glance(String deviceCode, ApplicationId application) {
    byte[] hash = SecretHash.of(deviceCode);
    return transactions
        .query(
            session -> session.one(BY_DEVICE_CODE, arguments -> arguments.bytes(hash), Stored::of))
        .filter(it -> it.wish().application().equals(application))
        .map(it ->
            it.usedAt() == null && it.agent() != null && isInTime(it)
                ? Glance.WITH_TOKENS
                : Glance.WITHOUT_TOKENS)
        .orElse(Glance.UNKNOWN);
  }

  /** Tells a device what came of its wish; a code that gave tokens gives none again. */
  public Reply ask(String deviceCode, ApplicationId application) {
    byte[] hash = SecretHash.of(deviceCode);
    return transactions.writeShared(session -> {
      Optional<Stored> found =
          session
              .one(BY_DEVICE_CODE, arguments -> arguments.bytes(hash), Stored::of)
              .filter(it -> it.usedAt() == null && it.wish().application().equals(application));
      return found.isEmpty() ? Waits.UNKNOWN : reply(session, hash, found.get());
    });
  }

  private Reply reply(Session session, byte[] hash, Stored stored) throws SQLException {
    Instant now = clock.instant();
    if (!isInTime(stored)) {
      return Waits.OVER;
    }
    if (stored.isAllowed() == null) {
      return wait(session, hash, stored, now);
    }
    UUID agent = stored.agent();
    if (agent == null) {
      return Waits.DECLINED;
    }
    session.update(USE, arguments -> arguments.instant(now).bytes(hash));
    Wish wish = stored.wish();
    Subject subject =
        new Subject(
            wish.partner(),
            new AgentId(agent),
            wish.application(),
            wish.resource(),
            stored.isMultiFactor());
    UUID family = new UUID(random.nextLong(), random.nextLong());
    return new Granted(subject, refreshTokens.issue(session, subject, family));
  }

  private static Reply wait(Session session, byte[] hash, Stored stored, Instant now)
      throws SQLException {
    Instant last = stored.polledAt();
    Duration interval = Duration.ofSeconds(stored.pollSeconds());
    boolean isTooOften = last != null && now.isBefore(last.plus(interval).minus(TOLERANCE));
    Duration next = isTooOften ? interval.plus(SLOWER_BY) : interval;
    session.update(ASKED, arguments -> arguments.instant(now).number(next.toSeconds()).bytes(hash));
    return isTooOften ? Waits.TOO_OFTEN : Waits.PENDING;
  }

  private boolean isInTime(Stored stored) {
    return clock.instant().isBefore(stored.expiresAt());
  }

  /** Ends what an agent allowed and no device has fetched. */
  static void forget(Session session, AgentId agent) throws SQLException {
    session.update(FORGET_AGENT, arguments -> arguments.uuid(agent.value()));
  }

  /** Ends what waits for an application. */
  static void forget(Session session, ApplicationId application) throws SQLException {
    session.update(FORGET_APPLICATION, arguments -> arguments.uuid(application.value()));
  }

  private record Stored(
      Wish wish,
      Instant expiresAt,
      long pollSeconds,
      @Nullable Instant polledAt,
      @Nullable UUID agent,
      @Nullable Boolean isAllowed,
      @Nullable Instant usedAt,
      boolean isMultiFactor) {
    static Stored of(Row row) throws SQLException {
      return new Stored(
          new Wish(new PartnerId(row.uuid(1)), new ApplicationId(row.uuid(2)), row.text(3)),
          row.instant(4),
          row.number(5),
          row.optionalInstant(6),
          row.optionalUuid(7),
          row.optionalText(8) == null ? null : row.bool(8),
          row.optionalInstant(9),
          row.bool(10));
    }
  }
}
