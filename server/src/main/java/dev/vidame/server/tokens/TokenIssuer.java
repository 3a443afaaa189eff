package dev.vidame.server.tokens;

import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.Credential;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Issues signed tokens. Thread-safe.
 *
 * <p>An agent's roles are not in its tokens: they are looked up at every use, so that taking one
 * away works at once.
 */
public final class TokenIssuer {
  /** The one permission of an application that acts for an agent. */
  static final String USER_SCOPE = "user_impersonation";

  /**
   * Which of the application's secrets or keys the token was had with, so that it ends with that.
   */
  static final String SECRET_CLAIM = "secret_id";

  private final SigningKeyRing keys;
  private final ServiceNames names;
  private final TokenSettings settings;
  private final Times times;

  /** What differs from token to token. */
  record Times(Clock clock, Supplier<UUID> ids) {}

  TokenIssuer(SigningKeyRing keys, ServiceNames names, TokenSettings settings, Times times) {
    this.keys = keys;
    this.names = names;
    this.settings = settings;
    this.times = times;
  }

  /**
   * A token for the API.
   *
   * @param audience for which resource, as the client named it
   */
  public AccessToken accessToken(TokenSubject subject, TokenVersion version, String audience) {
    return accessToken(common(subject, version, now()), subject, version, audience);
  }

  /**
   * A token for who has one already: it says no more, and ends no later.
   *
   * @param known what the other token says
   * @param subject the same, as it is now
   */
  public AccessToken again(Caller known, TokenSubject subject) {
    Map<String, Object> claims = common(subject, TokenVersion.V1, now());
    Instant usual = moment(claims, "exp");
    Instant end = known.expiresAt().isBefore(usual) ? known.expiresAt() : usual;
    claims.put("exp", end.getEpochSecond());
    if (subject.agent() != null) {
      claims.put("amr", known.authenticationMethods());
    }
    return accessToken(claims, subject, TokenVersion.V1, names.usualAudience());
  }

  /**
   * A token that somebody else has issued, from now to its end.
   *
   * @param known what it says
   */
  public AccessToken unchanged(Caller known, String text) {
    return new AccessToken(text, now(), known.expiresAt());
  }

  private AccessToken accessToken(
      Map<String, Object> claims, TokenSubject subject, TokenVersion version, String audience) {
    claims.put("aud", audience);
    Application application = subject.application();
    claims.put(version.applicationClaim(), application.id().toString());
    claims.put(version.authenticationClaim(), authentication(subject));
    Credential proof = subject.proof();
    if (proof != null) {
      claims.put(SECRET_CLAIM, proof.id().toString());
    }
    if (subject.agent() == null) {
      claims.put("idtyp", "app");
    } else {
      claims.put("scp", USER_SCOPE);
    }
    return new AccessToken(keys.sign(claims), moment(claims, "iat"), moment(claims, "exp"));
  }

  private static String authentication(TokenSubject subject) {
    Credential proof = subject.proof();
    if (proof != null && proof.kind() == Credential.Kind.KEY) {
      return "2";
    }
    return subject.application().isConfidential() ? "1" : "0";
  }

  private static Instant moment(Map<String, Object> claims, String name) {
    return Instant.ofEpochSecond((Long) Objects.requireNonNull(claims.get(name), name));
  }

  /**
   * A token that tells the application who signed in. It opens nothing: it is for the application,
   * and has none of the claims that name a client.
   *
   * @param nonce what the application wants to find in it; null for nothing
   * @param code that goes the same way, which the token vouches for; null for none
   */
  String idToken(
      TokenSubject subject, TokenVersion version, @Nullable String nonce, @Nullable String code) {
    Map<String, Object> claims = common(subject, version, now());
    claims.put("aud", subject.application().id().toString());
    if (nonce != null) {
      claims.put("nonce", nonce);
    }
    if (code != null) {
      claims.put("c_hash", leftHalf(code));
    }
    return keys.sign(claims);
  }

  /** As OpenID Connect Core 1.0 §3.3.2.11 wants it of a token that is signed over SHA-256. */
  private static String leftHalf(String code) {
    byte[] hash = Sha256.of(code.getBytes(StandardCharsets.US_ASCII));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOf(hash, hash.length / 2));
  }

  private Map<String, Object> common(TokenSubject subject, TokenVersion version, Instant now) {
    String partner = subject.application().partner().toString();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", names.issuer(version, partner));
    claims.put("iat", now.getEpochSecond());
    claims.put("nbf", now.getEpochSecond());
    claims.put("exp", now.plus(settings.accessTokenLifetime()).getEpochSecond());
    claims.put("tid", partner);
    claims.put("ver", version.claim());
    claims.put("jti", times.ids().get().toString());
    identity(claims, subject, version, subject.agent());
    return claims;
  }

  private static void identity(
      Map<String, Object> claims,
      TokenSubject subject,
      TokenVersion version,
      @Nullable Agent agent) {
    String client = subject.application().id().toString();
    if (agent == null) {
      claims.put("oid", client);
      claims.put("sub", client);
      return;
    }
    claims.put("oid", agent.id().toString());
    claims.put("sub", pairwise(agent.id().toString(), client));
    claims.put("name", agent.displayName());
    claims.put("amr", subject.isMultiFactor() ? List.of("pwd", "mfa") : List.of("pwd"));
    switch (version) {
      case V1 -> {
        claims.put("upn", agent.userPrincipalName());
        claims.put("unique_name", agent.userPrincipalName());
      }
      case V2 -> claims.put("preferred_username", agent.userPrincipalName());
    }
  }

  /** Names an agent to one application; differs from its id, as equality would mean App-only. */
  private static String pairwise(String agent, String application) {
    byte[] pair = (agent + " " + application).getBytes(StandardCharsets.US_ASCII);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(pair));
  }

  /** Tokens count whole seconds. */
  private Instant now() {
    return times.clock().instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
