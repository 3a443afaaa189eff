package dev.vidame.server.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.ApplicationKey;
import dev.vidame.directory.partners.Assertions;
import dev.vidame.directory.partners.Assertions.Signer;
import dev.vidame.directory.partners.Credential;
import dev.vidame.directory.partners.Partners.Client;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Believes applications that have signed who they are, or does not (docs/decisions/0044).
 * Thread-safe.
 *
 * <p>Until the signature is known to be right, every fault has the same answer; whoever has the key
 * is told what is wrong.
 */
final class ClientAssertions {
  /** Nothing but signatures by a private key. */
  static final List<String> ALGORITHMS = List.of("RS256", "PS256");

  /** What libraries write, all of them. A longer one would only be remembered for longer. */
  static final Duration LONGEST = Duration.ofMinutes(10);

  private final Assertions assertions;
  private final ServiceNames names;
  private final Rules rules;
  private final Clock clock;

  /**
   * What is taken.
   *
   * @param skew by how much other clocks may differ
   * @param isGoodOnce whether one that was used is refused
   */
  record Rules(Duration skew, boolean isGoodOnce) {}

  ClientAssertions(Assertions assertions, ServiceNames names, Rules rules, Clock clock) {
    this.assertions = assertions;
    this.names = names;
    this.rules = rules;
    this.clock = clock;
  }

  /** What came of a look. */
  sealed interface Outcome {}

  /** It is the application. */
  record Proved(Client client) implements Outcome {}

  /** It is not, as far as this tells. */
  record Failed(TokenError error) implements Outcome {}

  /**
   * Looks whether it is the application, and uses the assertion up where it is.
   *
   * @param request with which it came
   * @throws dev.vidame.directory.DirectoryException when the application has used too many just now
   */
  Outcome look(ClientAssertion assertion, TokenRequest request) {
    Optional<Signer> signer = assertions.signer(assertion.application());
    if (signer.isEmpty()) {
      return new Failed(TokenError.ASSERTION_REFUSED);
    }
    try {
      CompactToken token = assertion.signed();
      ApplicationKey key = signedWith(token, signer.get());
      Claims claims = token.claims();
      Optional<TokenError> fault = fault(claims, key, audiences(request, signer.get()));
      return fault.isPresent()
          ? new Failed(fault.get())
          : new Proved(
              new Client(
                  signer.get().application(), new Credential(key.id(), Credential.Kind.KEY)));
    } catch (TokenRefused refused) {
      return new Failed(TokenError.ASSERTION_REFUSED);
    }
  }

  private static ApplicationKey signedWith(CompactToken token, Signer signer) throws TokenRefused {
    String algorithm = token.algorithm();
    if (!ALGORITHMS.contains(algorithm)) {
      throw new TokenRefused(Verification.Reason.ALGORITHM);
    }
    KeyHint hint = KeyHint.of(token);
    for (ApplicationKey key : signer.keys()) {
      if (hint.means(key) && isSignedBy(key, token, JWSAlgorithm.parse(algorithm))) {
        return key;
      }
    }
    throw new TokenRefused(Verification.Reason.SIGNATURE);
  }

  private static boolean isSignedBy(
      ApplicationKey key, CompactToken token, JWSAlgorithm algorithm) {
    try {
      byte[] encoded = Base64.getDecoder().decode(key.publicKey());
      RSAPublicKey rsa =
          (RSAPublicKey)
              KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(encoded));
      return new RSASSAVerifier(rsa)
          .verify(new JWSHeader(algorithm), token.signedBytes(), token.signature());
    } catch (GeneralSecurityException | JOSEException e) {
      throw new IllegalStateException("The key " + key.id() + " of an application is unusable", e);
    }
  }

  /** What is wrong with what the owner of the key has signed; empty where nothing is. */
  private Optional<TokenError> fault(Claims claims, ApplicationKey key, Set<String> audiences)
      throws TokenRefused {
    Instant now = clock.instant();
    List<String> named = claims.texts("aud");
    if (!key.isGoodAt(now)) {
      return Optional.of(TokenError.CERTIFICATE_NOT_GOOD);
    }
    if (named.size() != 1 || !audiences.containsAll(named)) {
      return Optional.of(TokenError.ASSERTION_AUDIENCE);
    }
    Instant latestStart = now.plus(rules.skew());
    if (!claims.has("exp")
        || !now.isBefore(claims.moment("exp").plus(rules.skew()))
        || isAfter(latestStart.plus(LONGEST), claims, "exp")
        || isAfter(latestStart, claims, "nbf")
        || isAfter(latestStart, claims, "iat")) {
      return Optional.of(TokenError.ASSERTION_TIMES);
    }
    return isUsed(claims) ? Optional.of(TokenError.ASSERTION_USED) : Optional.empty();
  }

  private static boolean isAfter(Instant latest, Claims claims, String name) throws TokenRefused {
    return claims.has(name) && claims.moment(name).isAfter(latest);
  }

  private boolean isUsed(Claims claims) throws TokenRefused {
    if (!rules.isGoodOnce()) {
      return false;
    }
    String id = claims.optionalText("jti");
    return id == null
        || !assertions.isFirstUse(
            new ApplicationId(claims.guid("sub")),
            Sha256.of(id.getBytes(StandardCharsets.UTF_8)),
            claims.moment("exp").plus(rules.skew()));
  }

  /**
   * The token endpoints and issuers of the application's partner, and the token endpoints of the
   * tenant as the request names it, which is what clients are configured with.
   */
  private Set<String> audiences(TokenRequest request, Signer signer) {
    String partner = signer.application().partner().toString();
    Set<String> audiences = new HashSet<>();
    for (TokenVersion version : TokenVersion.values()) {
      audiences.add(names.issuer(version, partner));
      audiences.add(names.endpoint(version, partner, "token"));
      audiences.add(names.endpoint(version, request.tenant(), "token"));
    }
    return audiences;
  }
}
