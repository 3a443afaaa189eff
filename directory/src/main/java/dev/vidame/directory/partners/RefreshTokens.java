package dev.vidame.directory.partners;

import dev.vidame.directory.storage.Row;
import dev.vidame.directory.storage.Session;
import dev.vidame.directory.storage.Transactions;
import java.nio.charset.StandardCharsets;
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
 * Refresh tokens that rotate. Thread-safe. Only hashes of them are stored.
 *
 * <p>Each exchange gives a new token. The old one still works for a grace time, so that processes
 * which share a token survive; used after it, it is taken for stolen and the whole family ends.
 */
public final class RefreshTokens {
  private static final int TOKEN_BYTES = 32;

  private static final String INSERT =
      "insert into refresh_tokens (token_hash, family_id, partner_id, agent_id, application_id,"
          + " resource, is_multi_factor, issued_at, expires_at) values (?,?,?,?,?,?,?,?,?)";

  private static final String FIND =
      "select family_id, partner_id, agent_id, application_id, resource, expires_at, replaced_at,"
          + " revoked_at, is_multi_factor from refresh_tokens where token_hash = ?";

  private static final String REPLACE =
      "update refresh_tokens set replaced_at = ? where token_hash = ? and replaced_at is null";

  private static final String REVOKE_FAMILY =
      "update refresh_tokens set revoked_at = ? where family_id = ? and revoked_at is null";

  private static final String REVOKE_AGENT =
      "update refresh_tokens set revoked_at = ? where agent_id = ? and revoked_at is null";

  private static final String REVOKE_APPLICATION =
      "update refresh_tokens set revoked_at = ? where application_id = ? and revoked_at is null";

  /** A few at a time, so that no sign-in pays for a thousand old ones. */
  private static final String PURGE =
      "delete from refresh_tokens where token_hash in"
          + " (select token_hash from refresh_tokens where expires_at < ?"
          + " order by expires_at, token_hash limit 4)";

  private final Transactions transactions;
  private final SecureRandom random;
  private final Clock clock;
  private final Lifetimes lifetimes;

  /**
   * How long tokens last.
   *
   * @param validity from issue to end; each exchange starts anew
   * @param grace how long an exchanged token still works
   */
  public record Lifetimes(Duration validity, Duration grace) {
    /** 90 days, and 24 hours of grace. */
    public static Lifetimes standard() {
      return new Lifetimes(Duration.ofDays(90), Duration.ofHours(24));
    }
  }

  /**
   * Who signed in, with what, for which audience.
   *
   * @param partner for whom
   * @param agent the person
   * @param application with what
   * @param resource the audience that was asked for
   * @param isMultiFactor whether the person showed a second factor
   */
  public record Subject(
      PartnerId partner,
      AgentId agent,
      ApplicationId application,
      String resource,
      boolean isMultiFactor) {
    /** Somebody who showed a password only. */
    public Subject(PartnerId partner, AgentId agent, ApplicationId application, String resource) {
      this(partner, agent, application, resource, false);
    }
  }

  /**
   * What an exchange gives.
   *
   * @param subject as at the first sign-in
   * @param token the next refresh token
   */
  public record Exchange(Subject subject, String token) {
    /** Never shows the token. */
    @Override
    public String toString() {
      return "Exchange[subject=" + subject + "]";
    }
  }

  /** Tokens in a store. */
  public RefreshTokens(
      Transactions transactions, SecureRandom random, Clock clock, Lifetimes lifetimes) {
    this.transactions = transactions;
    this.random = random;
    this.clock = clock;
    this.lifetimes = lifetimes;
  }

  /** The first token of a new family. */
  public String issue(Subject subject) {
    return transactions.writeShared(
        session -> insert(session, subject, new UUID(random.nextLong(), random.nextLong())));
  }

  /**
   * Whether the application was given this token, be it good or not; forgotten once it is long
   * over.
   */
  public boolean wasGiven(String token, ApplicationId application) {
    byte[] hash = SecretHash.of(token);
    return transactions
        .query(session -> session.one(FIND, arguments -> arguments.bytes(hash), Stored::of))
        .filter(stored -> stored.subject().application().equals(application))
        .isPresent();
  }

  /**
   * Exchanges a token for the next one.
   *
   * @return empty when the token is unknown, another application's, expired, revoked, or was
   *     exchanged longer ago than the grace time, which revokes its family
   */
  public Optional<Exchange> exchange(String token, ApplicationId application) {
    byte[] hash = SecretHash.of(token.getBytes(StandardCharsets.UTF_8));
    return transactions.writeShared(session -> {
      Optional<Stored> found =
          session
              .one(FIND, arguments -> arguments.bytes(hash), Stored::of)
              .filter(stored -> stored.subject().application().equals(application));
      return found.isEmpty() ? Optional.empty() : exchange(session, hash, found.get());
    });
  }

  /** What became of a wish to revoke. */
  public enum Revocation {
    /** The token and all of its family are good no more. */
    DONE,
    /** There is no such token. */
    UNKNOWN,
    /** It is another application's, and stays good. */
    OF_ANOTHER
  }

  /** Ends a token with its whole family, if it was given to this application. */
  public Revocation revoke(String token, ApplicationId application) {
    byte[] hash = SecretHash.of(token);
    Instant now = clock.instant();
    return transactions.writeShared(session -> {
      Optional<Stored> found = session.one(FIND, arguments -> arguments.bytes(hash), Stored::of);
      if (found.isEmpty()) {
        return Revocation.UNKNOWN;
      }
      if (!found.get().subject().application().equals(application)) {
        return Revocation.OF_ANOTHER;
      }
      revokeFamily(session, found.get().family(), now);
      return Revocation.DONE;
    });
  }

  /** Ends all that came of one sign-in. */
  static void revokeFamily(Session session, UUID family, Instant now) throws SQLException {
    session.update(REVOKE_FAMILY, arguments -> arguments.instant(now).uuid(family));
  }

  private Optional<Exchange> exchange(Session session, byte[] hash, Stored stored)
      throws SQLException {
    Instant now = clock.instant();
    if (stored.revokedAt() != null || !now.isBefore(stored.expiresAt())) {
      return Optional.empty();
    }
    Instant replacedAt = stored.replacedAt();
    if (replacedAt != null && now.isAfter(replacedAt.plus(lifetimes.grace()))) {
      revokeFamily(session, stored.family(), now);
      return Optional.empty();
    }
    session.update(REPLACE, arguments -> arguments.instant(now).bytes(hash));
    String next = insert(session, stored.subject(), stored.family());
    return Optional.of(new Exchange(stored.subject(), next));
  }

  /** The first token of a family that has its id already. */
  String issue(Session session, Subject subject, UUID family) throws SQLException {
    return insert(session, subject, family);
  }

  private String insert(Session session, Subject subject, UUID family) throws SQLException {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Instant now = clock.instant();
    session.update(PURGE, arguments -> arguments.instant(now));
    session.update(
        INSERT,
        arguments ->
            arguments
                .bytes(SecretHash.of(token.getBytes(StandardCharsets.UTF_8)))
                .uuid(family)
                .uuid(subject.partner().value())
                .uuid(subject.agent().value())
                .uuid(subject.application().value())
                .text(subject.resource())
                .bool(subject.isMultiFactor())
                .instant(now)
                .instant(now.plus(lifetimes.validity())));
    return token;
  }

  /** Ends all that an agent has. */
  static void revoke(Session session, AgentId agent, Instant now) throws SQLException {
    AuthorizationCodes.forget(session, agent);
    DeviceCodes.forget(session, agent);
    DashboardSessions.forget(session, agent);
    session.update(REVOKE_AGENT, arguments -> arguments.instant(now).uuid(agent.value()));
  }

  /** Ends all that was had through an application. */
  static void revoke(Session session, ApplicationId application, Instant now) throws SQLException {
    AuthorizationCodes.forget(session, application);
    DeviceCodes.forget(session, application);
    session.update(
        REVOKE_APPLICATION, arguments -> arguments.instant(now).uuid(application.value()));
  }

  private record Stored(
      Subject subject,
      UUID family,
      Instant expiresAt,
      @Nullable Instant replacedAt,
      @Nullable Instant revokedAt) {
    static Stored of(Row row) throws SQLException {
      return new Stored(
          new Subject(
              new PartnerId(row.uuid(2)),
              new AgentId(row.uuid(3)),
              new ApplicationId(row.uuid(4)),
              row.text(5),
              row.bool(9)),
          row.uuid(1),
          row.instant(6),
          row.optionalInstant(7),
          row.optionalInstant(8));
    }
  }
}
