package dev.vidame.server.tokens;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.server.tokens.Verification.Reason;
import dev.vidame.server.tokens.Verification.Rejected;
import dev.vidame.server.tokens.Verification.Verified;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Says who an access token speaks for. Thread-safe.
 *
 * <p>Follows RFC 8725: one algorithm, keys by trusted id only, every claim checked, nothing in the
 * token believed before its signature is. Good tokens are remembered until they end.
 */
public final class TokenVerifier {
  /*
   * Checking a signature costs about 35 microseconds, looking a hash up about one. So what was found good is kept, by
   * the hash of the token's whole text: equal hashes mean equal texts, and a copy of memory holds no usable token. What
   * was found bad is not kept, or a flood of bad tokens would drive the good ones out. The cache drops entries by its
   * own time, which only bounds memory; whether a token has ended is asked of the clock at every use.
   */

  private static final int MAX_CHARS = 8 * 1024;
  private static final int CACHED_TOKENS = 100_000;
  private static final JWSHeader RS256 = new JWSHeader(JWSAlgorithm.RS256);

  private final KeyLookup keys;
  private final ServiceNames names;
  private final TokenSettings settings;
  private final Clock clock;
  private final Cache<TextHash, Accepted> cache;

  /** Finds what checks a key's signatures. */
  @FunctionalInterface
  interface KeyLookup {
    Optional<JWSVerifier> verifier(String keyId);
  }

  /** Decides whether a token is checked that was not found good before. */
  @FunctionalInterface
  interface Gate {
    Verification answer(Check check);
  }

  /** A check that has not begun, and costs what it costs each time it is asked. */
  @FunctionalInterface
  interface Check {
    Verification verification();
  }

  TokenVerifier(KeyLookup keys, ServiceNames names, TokenSettings settings, Clock clock) {
    this.keys = keys;
    this.names = names;
    this.settings = settings;
    this.clock = clock;
    this.cache =
        Caffeine.newBuilder()
            .maximumSize(CACHED_TOKENS)
            .expireAfter(
                Expiry.<TextHash, Accepted>creating((hash, accepted) -> remaining(accepted)))
            .executor(Runnable::run)
            .build();
  }

  /**
   * Looks at what a request carried behind {@code Bearer}.
   *
   * @param token the text, with nothing around it
   */
  public Verification verify(String token) {
    return verify(token, Check::verification);
  }

  /**
   * As {@link #verify(String)}, with somebody who decides whether a token is checked.
   *
   * @param gate is asked unless the token was found good before; what it answers is the answer
   */
  Verification verify(String token, Gate gate) {
    if (token.length() > MAX_CHARS) {
      return gate.answer(() -> new Rejected(Reason.MALFORMED));
    }
    TextHash hash = TextHash.of(token);
    Accepted known = cache.getIfPresent(hash);
    return known == null ? gate.answer(() -> checked(token, hash)) : now(known);
  }

  private Verification checked(String token, TextHash hash) {
    try {
      Accepted accepted = check(CompactToken.parse(token));
      cache.put(hash, accepted);
      return accepted.verified();
    } catch (TokenRefused refused) {
      return refused.rejected();
    }
  }

  /**
   * The audience of one of this server's own tokens, where that is not the API itself; empty where
   * it is, and for what is none of this server's good tokens.
   */
  public Optional<String> audienceBesideApi(String token) {
    if (!(verify(token) instanceof Verified)) {
      return Optional.empty();
    }
    try {
      List<String> audiences = CompactToken.parse(token).claims().texts("aud");
      return audiences.stream().anyMatch(names::isApi)
          ? Optional.empty()
          : Optional.of(String.join(" ", audiences));
    } catch (TokenRefused refused) {
      throw new IllegalStateException("A token that was found good cannot be read", refused);
    }
  }

  private Verification now(Accepted known) {
    return clock.instant().isBefore(known.end()) ? known.verified() : new Rejected(Reason.EXPIRED);
  }

  private Accepted check(CompactToken token) throws TokenRefused {
    if (!token.algorithm().equals(JWSAlgorithm.RS256.getName())) {
      throw new TokenRefused(Reason.ALGORITHM);
    }
    JWSVerifier key =
        keys.verifier(token.keyId()).orElseThrow(() -> new TokenRefused(Reason.UNKNOWN_KEY));
    if (!isSignedWith(key, token)) {
      throw new TokenRefused(Reason.SIGNATURE);
    }
    Claims claims = token.claims();
    TokenVersion version = checkIssuer(claims);
    Instant expiresAt = checkTimes(claims);
    checkAudience(claims);
    Caller caller = caller(claims, version, expiresAt);
    return new Accepted(new Verified(caller), expiresAt.plus(settings.clockSkew()));
  }

  private static boolean isSignedWith(JWSVerifier key, CompactToken token) {
    try {
      return key.verify(RS256, token.signedBytes(), token.signature());
    } catch (JOSEException e) {
      throw new IllegalStateException("Checking a signature failed", e);
    }
  }

  private TokenVersion checkIssuer(Claims claims) throws TokenRefused {
    String issuer = claims.text("iss");
    String partner = claims.text("tid");
    String version = claims.text("ver");
    for (TokenVersion candidate : TokenVersion.values()) {
      if (version.equals(candidate.claim()) && issuer.equals(names.issuer(candidate, partner))) {
        return candidate;
      }
    }
    throw new TokenRefused(Reason.ISSUER);
  }

  private Instant checkTimes(Claims claims) throws TokenRefused {
    Instant now = clock.instant();
    Instant latestStart = now.plus(settings.clockSkew());
    Instant expiresAt = claims.moment("exp");
    if (claims.moment("nbf").isAfter(latestStart) || claims.moment("iat").isAfter(latestStart)) {
      throw new TokenRefused(Reason.NOT_YET_VALID);
    }
    if (!now.isBefore(expiresAt.plus(settings.clockSkew()))) {
      throw new TokenRefused(Reason.EXPIRED);
    }
    return expiresAt;
  }

  private void checkAudience(Claims claims) throws TokenRefused {
    List<String> audiences = claims.texts("aud");
    if (audiences.isEmpty()) {
      throw new TokenRefused(Reason.MALFORMED);
    }
    boolean isForUs =
        audiences.stream()
            .filter(name -> !(settings.isLegacyAudienceRejected() && ServiceNames.isLegacy(name)))
            .anyMatch(names::isOurs);
    if (!isForUs) {
      throw new TokenRefused(new Rejected(Reason.AUDIENCE, String.join(" ", audiences)));
    }
  }

  private static Caller caller(Claims claims, TokenVersion version, Instant expiresAt)
      throws TokenRefused {
    if (!claims.has(version.applicationClaim()) || !claims.has(version.authenticationClaim())) {
      throw new TokenRefused(Reason.KIND);
    }
    PartnerId partner = new PartnerId(claims.guid("tid"));
    ApplicationId application = new ApplicationId(claims.guid(version.applicationClaim()));
    UUID secret =
        claims.has(TokenIssuer.SECRET_CLAIM) ? claims.guid(TokenIssuer.SECRET_CLAIM) : null;
    return switch (kind(claims)) {
      case APP_ONLY -> new Caller(partner, application, null, null, expiresAt, List.of(), secret);
      case APP_USER ->
          new Caller(
              partner,
              application,
              new AgentId(claims.guid("oid")),
              userName(claims),
              expiresAt,
              claims.texts("amr"),
              secret);
    };
  }

  private static Caller.Kind kind(Claims claims) throws TokenRefused {
    boolean isMarkedApp = claims.textOr("idtyp", "user").equals("app");
    if (claims.has("scp")) {
      if (isMarkedApp || claims.text("scp").isBlank()) {
        throw new TokenRefused(Reason.KIND);
      }
      return Caller.Kind.APP_USER;
    }
    if (isMarkedApp || claims.text("oid").equals(claims.text("sub")) || userName(claims) == null) {
      return Caller.Kind.APP_ONLY;
    }
    throw new TokenRefused(Reason.KIND);
  }

  private static @Nullable String userName(Claims claims) throws TokenRefused {
    for (String name : List.of("upn", "preferred_username", "unique_name")) {
      String value = claims.optionalText(name);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  private Duration remaining(Accepted accepted) {
    Duration remaining = Duration.between(clock.instant(), accepted.end());
    return remaining.isNegative() ? Duration.ZERO : remaining;
  }

  /** A good token's answer, and when it stops being one. */
  private record Accepted(Verified verified, Instant end) {}

  /** The SHA-256 of a token's text. */
  private record TextHash(long first, long second, long third, long fourth) {
    static TextHash of(String text) {
      ByteBuffer hash = ByteBuffer.wrap(Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
      return new TextHash(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
    }

    /** The hash is even already. */
    @Override
    public int hashCode() {
      return Long.hashCode(first);
    }
  }
}
