package dev.vidame.server.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.CachingJWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetParseException;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.OutageTolerantJWKSetSource;
import com.nimbusds.jose.jwk.source.RateLimitedJWKSetSource;
import com.nimbusds.jose.jwk.source.URLBasedJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.ResourceRetriever;
import java.math.BigInteger;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an identity provider, fetched when first needed. Thread-safe.
 *
 * <p>They are good for ten minutes, and for four hours where the provider does not answer. A key
 * that is not among them makes them be fetched anew, at most twice in half a minute whatever tokens
 * come; meanwhile tokens that name a known key wait for nothing.
 */
final class RemoteKeys {
  private static final System.Logger LOG = System.getLogger(RemoteKeys.class.getName());

  static final Duration GOOD_FOR = Duration.ofMinutes(10);
  static final Duration GOOD_IN_AN_OUTAGE = Duration.ofHours(4);
  static final Duration BETWEEN_FETCHES = Duration.ofSeconds(30);

  private static final int SMALLEST_KEY_BITS = 2048;

  /**
   * Larger keys, and larger exponents still more, cost a processor a hundred times as much for each
   * token, whoever sends it.
   */
  private static final int LARGEST_KEY_BITS = 8192;

  private static final int LARGEST_EXPONENT_BITS = 32;

  /** Providers have some; each takes time to be made ready, and stays in memory. */
  static final int MOST_KEYS = 100;

  private final JWKSetSource<SecurityContext> source;
  private final Clock clock;
  private final String url;
  private volatile Usable usable = new Usable(new JWKSet(), Map.of());

  RemoteKeys(String url, ResourceRetriever retriever, Duration patience, Clock clock) {
    this.url = url;
    this.clock = clock;
    try {
      JWKSetSource<SecurityContext> fetched =
          new URLBasedJWKSetSource<>(URI.create(url).toURL(), retriever);
      JWKSetSource<SecurityContext> tolerant =
          new OutageTolerantJWKSetSource<>(
              fetched,
              GOOD_IN_AN_OUTAGE.toMillis(),
              event -> {
                if (event instanceof OutageTolerantJWKSetSource.OutageEvent<?> outage) {
                  warn("so those fetched last are used", outage.getException());
                }
              });
      JWKSetSource<SecurityContext> limited =
          new RateLimitedJWKSetSource<>(tolerant, BETWEEN_FETCHES.toMillis(), null);
      source =
          new CachingJWKSetSource<>(
              limited, GOOD_FOR.toMillis(), patience.plus(patience).toMillis(), null);
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("No URL of a key set: " + url, e);
    }
  }

  /** The keys of one answer of the provider, made ready once and not for each token. */
  private record Usable(JWKSet from, Map<String, JWSVerifier> byId) {}

  /** What checks a key's signatures; empty where there is no such key, or it cannot be had. */
  Optional<JWSVerifier> verifier(String keyId) {
    try {
      JWKSet known = keys(JWKSetCacheRefreshEvaluator.noRefresh());
      Optional<JWSVerifier> found = verifier(known, keyId);
      return found.isPresent()
          ? found
          : verifier(keys(JWKSetCacheRefreshEvaluator.referenceComparison(known)), keyId);
    } catch (JWKSetRetrievalException | JWKSetParseException e) {
      warn("and its tokens are refused", e);
      return Optional.empty();
    } catch (KeySourceException e) {
      return Optional.empty(); // not asked again so soon; a line for each token would fill the log
    }
  }

  private void warn(String consequence, Exception cause) {
    LOG.log(
        System.Logger.Level.WARNING,
        () ->
            "The keys at %s cannot be had, %s: %s".formatted(url, consequence, cause.getMessage()));
  }

  @SuppressWarnings("NullAway") // the library takes no context here
  private JWKSet keys(JWKSetCacheRefreshEvaluator evaluator) throws KeySourceException {
    return source.getJWKSet(evaluator, clock.millis(), null);
  }

  @SuppressWarnings("ReferenceEquality") // the same answer is the same object, and that is quick
  private Optional<JWSVerifier> verifier(JWKSet keys, String keyId) {
    Usable ready = usable;
    if (ready.from() != keys) {
      ready = new Usable(keys, usable(keys));
      usable = ready;
    }
    return Optional.ofNullable(ready.byId().get(keyId));
  }

  /** Keys of several kinds may share an id; the first that can check our tokens counts. */
  private Map<String, JWSVerifier> usable(JWKSet keys) {
    Map<String, JWSVerifier> byId = new HashMap<>();
    int unfit = 0;
    for (JWK key : keys.getKeys()) {
      if (key.getKeyID() != null && key instanceof RSAKey rsa && isForSignatures(rsa)) {
        boolean isFit = isOfUsualSize(rsa) && byId.size() < MOST_KEYS;
        JWSVerifier verifier = isFit ? verifier(rsa) : null;
        if (verifier == null) {
          unfit++;
        } else {
          byId.putIfAbsent(key.getKeyID(), verifier);
        }
      }
    }
    if (unfit > 0) { // one line for all, or a provider could fill the log
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} of the keys at {1} are too weak or too dear to use, or too many",
          unfit,
          url);
    }
    return Map.copyOf(byId);
  }

  /** Null for a key that Java refuses. */
  private static @Nullable JWSVerifier verifier(RSAKey key) {
    try {
      return new RSASSAVerifier(key);
    } catch (JOSEException e) {
      return null;
    }
  }

  private static boolean isForSignatures(JWK key) {
    return (key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))
        && (key.getAlgorithm() == null || key.getAlgorithm().equals(JWSAlgorithm.RS256))
        && (key.getKeyOperations() == null || key.getKeyOperations().contains(KeyOperation.VERIFY));
  }

  private static boolean isOfUsualSize(RSAKey key) {
    BigInteger modulus = key.getModulus().decodeToBigInteger();
    BigInteger exponent = key.getPublicExponent().decodeToBigInteger();
    return modulus.bitLength() >= SMALLEST_KEY_BITS
        && modulus.bitLength() <= LARGEST_KEY_BITS
        && modulus.testBit(0)
        && exponent.bitLength() > 1
        && exponent.bitLength() <= LARGEST_EXPONENT_BITS
        && exponent.testBit(0);
  }
}
