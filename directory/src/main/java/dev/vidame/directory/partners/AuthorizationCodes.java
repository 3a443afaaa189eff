package dev.vidame.directory.partners;

import dev.vidame.directory.partners.RefreshTokens.Subject;
import dev.vidame.directory.storage.Row;
import dev.vidame.directory.storage.Session;
import dev.vidame.directory.storage.Transactions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Codes that a browser carries from the sign-in page to an application. Thread-safe. Only hashes of
 * them are stored.
 *
 * <p>A code is good once, for a minute, for the application, the address and the challenge that it
 * was asked for with; where it was asked for without a challenge, only without a verifier. Its
 * application uses it up by presenting it, right or wrong; one that comes a second time ends the
 * refresh tokens that it gave.
 */
public final class AuthorizationCodes {
  private static final Duration VALIDITY = Duration.ofMinutes(1);

  /** So long it is known that a code was used. */
  private static final Duration MEMORY = Duration.ofDays(1);

  private static final int CODE_BYTES = 32;

  /** What is stored where a code was asked for without a challenge; no hash is empty. */
  private static final String NO_CHALLENGE = "";

  private static final String INSERT =
      "insert into authorization_codes (code_hash, family_id, partner_id, agent_id,"
          + " application_id, resource, redirect_uri, challenge, nonce, is_multi_factor, expires_at)"
          + " values (?,?,?,?,?,?,?,?,?,?,?)";

  private static final String FIND =
      "select family_id, partner_id, agent_id, application_id, resource, redirect_uri, challenge,"
          + " nonce, expires_at, used_at, is_multi_factor from authorization_codes where code_hash = ?";

  private static final String USE =
      "update authorization_codes set used_at = ? where code_hash = ?";

  private static final String FORGET_AGENT =
      "delete from authorization_codes where agent_id = ? and used_at is null";

  private static final String FORGET_APPLICATION =
      "delete from authorization_codes where application_id = ? and used_at is null";

  /** A few at a time, so that no sign-in pays for a thousand old ones. */
  private static final String PURGE =
      "delete from authorization_codes where code_hash in"
          + " (select code_hash from authorization_codes where expires_at < ?"
          + " order by expires_at, code_hash limit 4)";

  private final Transactions transactions;
  private final RefreshTokens refreshTokens;
  private final SecureRandom random;
  private final Clock clock;

  /** Codes in a store, exchanged for these tokens. */
  public AuthorizationCodes(
      Transactions transactions, RefreshTokens refreshTokens, SecureRandom random, Clock clock) {
    this.transactions = transactions;
    this.refreshTokens = refreshTokens;
    this.random = random;
    this.clock = clock;
  }

  /**
   * What an agent allowed.
   *
   * @param subject who, with what, for which audience
   * @param redirectUri where the browser is sent with the code
   * @param challenge the hash of what the application will show (RFC 7636); null for nothing
   * @param nonce what the application wants to find in the id token; null for nothing
   */
  public record Grant(
      Subject subject, String redirectUri, @Nullable String challenge, @Nullable String nonce) {
    /**
     * Checks the challenge.
     *
     * @throws IllegalArgumentException when it is empty, which would be none in the store
     */
    public Grant {
      if (NO_CHALLENGE.equals(challenge)) {
        throw new IllegalArgumentException("No challenge is empty");
      }
    }
  }

  /**
   * What an application shows beside a code.
   *
   * @param application which it has proved to be
   * @param redirectUri where the code came, as it says
   * @param challenge the hash of the verifier that it shows; null where it shows none
   */
  public record Proof(ApplicationId application, String redirectUri, @Nullable String challenge) {}

  /**
   * What an exchange gives.
   *
   * @param grant what was allowed
   * @param refreshToken the first of its family
   */
  public record Exchange(Grant grant, String refreshToken) {
    /** Never shows the token. */
    @Override
    public String toString() {
      return "Exchange[grant=" + grant + "]";
    }
  }

  /** A code for what was allowed. */
  public String issue(Grant grant) {
    byte[] bytes = new byte[CODE_BYTES];
    random.nextBytes(bytes);
    String code = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    UUID family = new UUID(random.nextLong(), random.nextLong());
    transactions.writeShared(session -> insert(session, code, family, grant));
    return code;
  }

  private int insert(Session session, String code, UUID family, Grant grant) throws SQLException {
    Subject subject = grant.subject();
    Instant now = clock.instant();
    session.update(PURGE, arguments -> arguments.instant(now.minus(MEMORY)));
    return session.update(
        INSERT,
        arguments ->
            arguments
                .bytes(SecretHash.of(code))
                .uuid(family)
                .uuid(subject.partner().value())
                .uuid(subject.agent().value())
                .uuid(subject.application().value())
                .text(subject.resource())
                .text(grant.redirectUri())
                .text(Objects.requireNonNullElse(grant.challenge(), NO_CHALLENGE))
                .text(grant.nonce())
                .bool(subject.isMultiFactor())
                .instant(now.plus(VALIDITY)));
  }

  /** Whether the application was given this code, be it good or not; forgotten after a while. */
  public boolean wasGiven(String code, ApplicationId application) {
    byte[] hash = SecretHash.of(code);
    return transactions
        .query(session -> session.one(FIND, arguments -> arguments.bytes(hash), Stored::of))
        .filter(it -> it.grant().subject().application().equals(application))
        .isPresent();
  }

  /**
   * Exchanges a code for a refresh token.
   *
   * @return empty when the code is unknown, another application's, over, was asked for with another
   *     address or challenge, or was presented before, which ends what it gave
   */
  public Optional<Exchange> exchange(String code, Proof proof) {
    byte[] hash = SecretHash.of(code);
    return transactions.writeShared(session -> {
      Optional<Stored> found =
          session
              .one(FIND, arguments -> arguments.bytes(hash), Stored::of)
              .filter(it -> it.grant().subject().application().equals(proof.application()));
      return found.isEmpty() ? Optional.empty() : exchange(session, hash, found.get(), proof);
    });
  }

  private Optional<Exchange> exchange(Session session, byte[] hash, Stored stored, Proof proof)
      throws SQLException {
    Instant now = clock.instant();
    if (stored.usedAt() != null) {
      RefreshTokens.revokeFamily(session, stored.family(), now);
      return Optional.empty();
    }
    session.update(USE, arguments -> arguments.instant(now).bytes(hash));
    Grant grant = stored.grant();
    boolean isRight =
        now.isBefore(stored.expiresAt())
            && grant.redirectUri().equals(proof.redirectUri())
            && isAnswered(grant.challenge(), proof.challenge());
    return isRight
        ? Optional.of(
            new Exchange(grant, refreshTokens.issue(session, grant.subject(), stored.family())))
        : Optional.empty();
  }

  /**
   * A verifier is no good for a code without a challenge: somebody may have taken the challenge out
   * of the request (RFC 9700 §4.8.2).
   */
  private static boolean isAnswered(@Nullable String challenge, @Nullable String shown) {
    if (challenge == null) {
      return shown == null;
    }
    return shown != null && MessageDigest.isEqual(ascii(challenge), ascii(shown));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Ends the codes of an agent that nobody has used. */
  static void forget(Session session, AgentId agent) throws SQLException {
    session.update(FORGET_AGENT, arguments -> arguments.uuid(agent.value()));
  }

  /** Ends the codes for an application that nobody has used. */
  static void forget(Session session, ApplicationId application) throws SQLException {
    session.update(FORGET_APPLICATION, arguments -> arguments.uuid(application.value()));
  }

  private record Stored(UUID family, Grant grant, Instant expiresAt, @Nullable Instant usedAt) {
    static Stored of(Row row) throws SQLException {
      Subject subject =
          new Subject(
              new PartnerId(row.uuid(2)),
              new AgentId(row.uuid(3)),
              new ApplicationId(row.uuid(4)),
              row.text(5),
              row.bool(11));
      return new Stored(
          row.uuid(1),
          new Grant(subject, row.text(6), challenge(row.text(7)), row.optionalText(8)),
          row.instant(9),
          row.optionalInstant(10));
    }

    private static @Nullable String challenge(String stored) {
      return stored.equals(NO_CHALLENGE) ? null : stored;
    }
  }
}
