package dev.vidame.server.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
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
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
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

  private final JWKSetSource<SecurityContext> source;
  private final Clock clock;
  private final String url;

  RemoteKeys(String url, ResourceRetriever retriever, Duration patience, Clock clock) {
    this.url = url;
    this.clock = clock;
    try {
      JWKSetSource<SecurityContext> fetched =
          new URLBasedJWKSetSource<>(URI.create(url).toURL(), retriever);
      JWKSetSource<SecurityContext> tolerant =
          new OutageTolerantJWKSetSource<>(fetched, GOOD_IN_AN_OUTAGE.toMillis(), null);
      JWKSetSource<SecurityContext> limited =
          new RateLimitedJWKSetSource<>(tolerant, BETWEEN_FETCHES.toMillis(), null);
      source =
          new CachingJWKSetSource<>(
              limited, GOOD_FOR.toMillis(), patience.plus(patience).toMillis(), null);
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("No URL of a key set: " + url, e);
    }
  }

  /** What checks a key's signatures; empty where there is no such key, or it cannot be had. */
  Optional<JWSVerifier> verifier(String keyId) {
    try {
      JWKSet known = keys(JWKSetCacheRefreshEvaluator.noRefresh());
      Optional<JWSVerifier> found = verifier(known, keyId);
      return found.isPresent()
          ? found
          : verifier(keys(JWKSetCacheRefreshEvaluator.referenceComparison(known)), keyId);
    } catch (JWKSetRetrievalException | JWKSetParseException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          () -> "The keys at " + url + " cannot be had: " + e.getMessage());
      return Optional.empty();
    } catch (KeySourceException e) {
      return Optional.empty(); // not asked again so soon; a line for each token would fill the log
    }
  }

  @SuppressWarnings("NullAway") // the library takes no context here
  private JWKSet keys(JWKSetCacheRefreshEvaluator evaluator) throws KeySourceException {
    return source.getJWKSet(evaluator, clock.millis(), null);
  }

  private static Optional<JWSVerifier> verifier(JWKSet keys, String keyId) {
    return keys.getKeys().stream()
        .filter(key -> keyId.equals(key.getKeyID()))
        .findFirst()
        .map(RemoteKeys::verifier);
  }

  /** Null for a key of another kind, or one that is too short or not meant for signatures. */
  private static @Nullable JWSVerifier verifier(JWK key) {
    boolean isForSignatures = key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE);
    if (!(key instanceof RSAKey rsa) || !isForSignatures || key.size() < SMALLEST_KEY_BITS) {
      return null;
    }
    try {
      return new RSASSAVerifier(rsa);
    } catch (JOSEException e) {
      LOG.log(System.Logger.Level.WARNING, "A key of another server cannot be used", e);
      return null;
    }
  }
}
