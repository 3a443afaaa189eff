package dev.vidame.server.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.ExternalIssuer;
import dev.vidame.directory.partners.IssuersInUse;
import dev.vidame.server.tokens.Verification.Reason;
import dev.vidame.server.tokens.Verification.Rejected;
import dev.vidame.server.tokens.Verification.Verified;
import dev.vidame.wire.Guid;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says who a token of a trusted identity provider speaks for. Thread-safe. Fails closed: what
 * cannot be checked is refused.
 *
 * <p>Nothing of the token is believed before its signature is; until then its issuer and audience
 * only choose whose keys to ask. The partner is the one that an operator trusts the issuer for, and
 * agent and application must be the partner's own, which the decision on access asks.
 */
public final class ExternalTokens implements AutoCloseable {
  private static final int MAX_CHARS = 8 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration SKEW = Duration.ofSeconds(30);
  private static final String SCOPE = "user_impersonation";

  /** Those that carry no key, no address of one, and no demand on who reads. */
  private static final Set<String> HEADER_MEMBERS = Set.of("alg", "kid", "typ", "x5t");

  private static final String ACCESS_TOKEN = "at+jwt";
  private static final Set<String> TYPES = Set.of("jwt", ACCESS_TOKEN);
  private static final String SECOND_FACTOR = "mfa";

  private final IssuersInUse issuers;
  private final Clock clock;
  private final BoundedRetriever retriever;
  private final Duration patience;
  private final Map<String, RemoteKeys> keys = new ConcurrentHashMap<>();
  private volatile Map<String, List<ExternalIssuer>> keysOf = Map.of();

  /** Tokens of the issuers that a directory trusts. */
  public ExternalTokens(IssuersInUse issuers, Clock clock) {
    this(issuers, clock, PATIENCE);
  }

  ExternalTokens(IssuersInUse issuers, Clock clock, Duration patience) {
    this.issuers = issuers;
    this.clock = clock;
    this.patience = patience;
    this.retriever = new BoundedRetriever(patience);
  }

  /** Looks at what a request carried behind {@code Bearer}. */
  public Verification verify(String token) {
    if (token.length() > MAX_CHARS || !issuers.mayBeAny()) {
      return new Rejected(Reason.UNKNOWN_KEY);
    }
    try {
      return new Verified(caller(SignedJWT.parse(token)));
    } catch (ParseException | IllegalArgumentException e) { // the library throws both for bad input
      return new Rejected(Reason.MALFORMED);
    } catch (TokenRefused refused) {
      return refused.rejected();
    }
  }

  /** Keys of who is trusted no more are forgotten as soon as that is known. */
  @SuppressWarnings("ReferenceEquality") // the same object until something changes
  private List<ExternalIssuer> trusted(String name) {
    Map<String, List<ExternalIssuer>> now = issuers.knowing(name);
    if (now != keysOf) {
      keys.keySet()
          .retainAll(
              now.values().stream()
                  .flatMap(List::stream)
                  .map(ExternalIssuer::jwksUrl)
                  .collect(Collectors.toSet()));
      keysOf = now;
    }
    return now.getOrDefault(name, List.of());
  }

  private Caller caller(SignedJWT token) throws TokenRefused, ParseException {
    checkHeader(token.getHeader());
    JWTClaimsSet claims = token.getJWTClaimsSet();
    ExternalIssuer issuer = issuer(claims);
    requireSigned(token, issuer);
    return caller(claims, issuer, checkTimes(claims));
  }

  private void requireSigned(SignedJWT token, ExternalIssuer issuer) throws TokenRefused {
    JWSVerifier key =
        keys.computeIfAbsent(
                issuer.jwksUrl(), url -> new RemoteKeys(url, retriever, patience, clock))
            .verifier(token.getHeader().getKeyID())
            .orElseThrow(() -> new TokenRefused(Reason.UNKNOWN_KEY));
    if (!isSignedWith(key, token)) {
      throw new TokenRefused(Reason.SIGNATURE);
    }
  }

  /**
   * What an ID token has to say.
   *
   * @param issuer of whom it is
   * @param clientId for whom it is, and for nobody else
   * @param nonce that it was asked for with
   */
  record Expected(ExternalIssuer issuer, String clientId, String nonce) {}

  /**
   * Who an ID token is about.
   *
   * @param agent by the claim that is an agent's id in access tokens, too
   * @param isMultiFactor whether {@code amr} holds {@code mfa}, as in access tokens
   */
  record Identity(AgentId agent, boolean isMultiFactor) {}

  /** Looks at an ID token, by the same keys and claims as at access tokens. */
  Identity identity(String token, Expected expected) throws TokenRefused {
    if (token.length() > MAX_CHARS) {
      throw new TokenRefused(Reason.MALFORMED);
    }
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      checkHeader(jwt.getHeader());
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      requireExpected(jwt.getHeader(), claims, expected);
      requireSigned(jwt, expected.issuer());
      var _ = checkTimes(claims);
      return new Identity(
          new AgentId(guid(claims, expected.issuer().claims().agent())),
          methods(claims).contains(SECOND_FACTOR));
    } catch (ParseException | IllegalArgumentException e) { // the library throws both for bad input
      throw new TokenRefused(Reason.MALFORMED);
    }
  }

  private static void requireExpected(JWSHeader header, JWTClaimsSet claims, Expected expected)
      throws TokenRefused, ParseException {
    if (!expected.issuer().issuer().equals(claims.getIssuer())) {
      throw new TokenRefused(Reason.ISSUER);
    }
    String party = claims.getStringClaim("azp");
    if (!claims.getAudience().equals(List.of(expected.clientId()))
        || (party != null && !party.equals(expected.clientId()))) {
      throw new TokenRefused(Reason.AUDIENCE);
    }
    boolean isAccessToken =
        header.getType() != null && header.getType().getType().equalsIgnoreCase(ACCESS_TOKEN);
    if (isAccessToken || !expected.nonce().equals(claims.getStringClaim("nonce"))) {
      throw new TokenRefused(Reason.KIND);
    }
  }

  private static void checkHeader(JWSHeader header) throws TokenRefused {
    if (!JWSAlgorithm.RS256.equals(header.getAlgorithm())) {
      throw new TokenRefused(Reason.ALGORITHM);
    }
    boolean isTyped =
        header.getType() == null
            || TYPES.contains(header.getType().getType().toLowerCase(Locale.ROOT));
    if (!isTyped
        || header.getKeyID() == null
        || !HEADER_MEMBERS.containsAll(header.getIncludedParams())) {
      throw new TokenRefused(Reason.MALFORMED);
    }
  }

  private ExternalIssuer issuer(JWTClaimsSet claims) throws TokenRefused {
    String name = claims.getIssuer();
    List<ExternalIssuer> named = name == null ? List.of() : trusted(name);
    if (named.isEmpty()) {
      throw new TokenRefused(Reason.ISSUER);
    }
    List<ExternalIssuer> meant =
        named.stream().filter(issuer -> claims.getAudience().contains(issuer.audience())).toList();
    if (meant.size() != 1) {
      throw new TokenRefused(Reason.AUDIENCE);
    }
    return meant.getFirst();
  }

  private static boolean isSignedWith(JWSVerifier key, SignedJWT token) {
    try {
      return token.verify(key);
    } catch (JOSEException e) {
      return false;
    }
  }

  private Instant checkTimes(JWTClaimsSet claims) throws TokenRefused {
    Instant now = clock.instant();
    Date end = claims.getExpirationTime();
    if (end == null) {
      throw new TokenRefused(Reason.MALFORMED);
    }
    if (!now.isBefore(end.toInstant().plus(SKEW))) {
      throw new TokenRefused(Reason.EXPIRED);
    }
    for (Date start : Arrays.asList(claims.getNotBeforeTime(), claims.getIssueTime())) {
      if (start != null && start.toInstant().isAfter(now.plus(SKEW))) {
        throw new TokenRefused(Reason.NOT_YET_VALID);
      }
    }
    return end.toInstant();
  }

  /**
   * A token is an agent's by its scope and an application's by its mark; what has neither or both
   * is nobody's, or a person without the scope could pass for an application.
   */
  private static Caller caller(JWTClaimsSet claims, ExternalIssuer issuer, Instant end)
      throws TokenRefused, ParseException {
    boolean isAgent = scopes(claims).contains(SCOPE);
    boolean isApplication = "app".equals(claims.getClaim("idtyp"));
    if (isAgent == isApplication) {
      throw new TokenRefused(Reason.KIND);
    }
    ApplicationId application = new ApplicationId(guid(claims, issuer.claims().application()));
    return isApplication
        ? new Caller(issuer.partner(), application, null, null, end, List.of())
        : new Caller(
            issuer.partner(),
            application,
            new AgentId(guid(claims, issuer.claims().agent())),
            userName(claims),
            end,
            methods(claims));
  }

  private static List<String> scopes(JWTClaimsSet claims) throws ParseException {
    Object scopes =
        claims.getClaim("scp") == null ? claims.getClaim("scope") : claims.getClaim("scp");
    return scopes instanceof String text ? List.of(text.split(" ", -1)) : List.of();
  }

  private static List<String> methods(JWTClaimsSet claims) throws ParseException {
    List<String> methods = claims.getStringListClaim("amr");
    return methods == null ? List.of() : methods;
  }

  private static @Nullable String userName(JWTClaimsSet claims) throws ParseException {
    for (String name : List.of("upn", "preferred_username", "unique_name")) {
      String value = claims.getStringClaim(name);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  private static UUID guid(JWTClaimsSet claims, String name) throws TokenRefused, ParseException {
    return Optional.ofNullable(claims.getStringClaim(name))
        .flatMap(Guid::parse)
        .orElseThrow(() -> new TokenRefused(Reason.KIND));
  }

  @Override
  public void close() {
    retriever.close();
  }
}
