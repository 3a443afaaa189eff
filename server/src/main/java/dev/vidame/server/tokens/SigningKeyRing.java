package dev.vidame.server.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Done;
import dev.vidame.directory.nice.NicePool;
import dev.vidame.directory.observation.PoolLoad;
import dev.vidame.directory.operators.KeyRotation;
import dev.vidame.directory.partners.SigningKeys;
import dev.vidame.directory.partners.SigningKeys.KeptKey;
import dev.vidame.directory.partners.SigningKeys.StoredKey;
import dev.vidame.server.secrets.KeySeal;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The server's RSA keys: the newest signs; the others verify until the last token that they signed
 * is gone. Thread-safe. Knows the keys that the store held when it was last asked: at the start,
 * whenever a key is made here, and when a token names a key that is not known yet.
 */
final class SigningKeyRing {
  private static final System.Logger LOG = System.getLogger(SigningKeyRing.class.getName());

  private static final int KEY_BITS = 2048;

  /*
   * A signature takes a millisecond of a processor, for which whoever shares a carrier or a processor with it would wait. The
   * process has as many processors as it has, however many servers.
   */
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
  private static final int WAITING_PER_PROCESSOR = 256;
  private static final NicePool SIGNERS =
      new NicePool("sign", PROCESSORS, PROCESSORS * WAITING_PER_PROCESSOR, Duration.ofSeconds(1));

  /** Whoever invents names of keys makes the store be asked no more often than this. */
  private static final Duration AT_MOST_EVERY = Duration.ofSeconds(5);

  private final SigningKeys stored;
  private final Duration lifetime;
  private final Clock clock;
  private final KeySeal seal;
  private volatile Keys keys;
  private volatile Instant askedAt = Instant.MIN;

  private SigningKeyRing(SigningKeys stored, Duration lifetime, Clock clock, KeySeal seal)
      throws JOSEException {
    this.stored = stored;
    this.lifetime = lifetime;
    this.clock = clock;
    this.seal = seal;
    this.keys = Keys.of(stored.kept(), clock.instant(), seal);
  }

  /** What signs and what verifies, exchanged as a whole. */
  private record Keys(JWSHeader header, JWSSigner signer, Map<String, Verifying> verifying) {
    static Keys of(List<KeptKey> newestFirst, Instant now, KeySeal seal) throws JOSEException {
      Map<String, Verifying> verifying = new LinkedHashMap<>();
      RSAKey newest = null;
      for (KeptKey kept : newestFirst) {
        if (kept.isNeededAt(now)) {
          RSAKey key = parse(opened(kept.key(), seal));
          newest = newest == null ? key : newest;
          verifying.put(
              key.getKeyID(),
              new Verifying(kept, new RSASSAVerifier(key.toRSAPublicKey()), key.toPublicJWK()));
        }
      }
      RSAKey signing = Objects.requireNonNull(newest, "The key that signs is always needed");
      JWSHeader header =
          new JWSHeader.Builder(JWSAlgorithm.RS256)
              .type(JOSEObjectType.JWT)
              .keyID(signing.getKeyID())
              .build();
      return new Keys(header, new RSASSASigner(signing), verifying);
    }
  }

  private record Verifying(KeptKey kept, JWSVerifier verifier, JWK published) {}

  /** As below, with keys that are stored as they are. */
  static SigningKeyRing open(SigningKeys keys, Duration lifetime, Clock clock) {
    return open(keys, lifetime, clock, KeySeal.none());
  }

  /**
   * Loads the keys, making the first one where there is none, which takes a moment.
   *
   * @param lifetime how long the tokens live that will be signed
   * @param seal of the keys in the store; those that are not sealed yet become so
   * @throws dev.vidame.server.secrets.KeySealException when a key cannot be opened
   * @throws IllegalStateException when a stored key is not an RSA key of 2048 bits or more
   */
  static SigningKeyRing open(SigningKeys keys, Duration lifetime, Clock clock, KeySeal seal) {
    keys.loadOrCreate(() -> sealed(generate(), seal));
    keys.signFor(lifetime);
    try {
      SigningKeyRing ring = new SigningKeyRing(keys, lifetime, clock, seal);
      if (seal.isOn() && keys.rewrite(key -> sealed(key, seal)) > 0) {
        LOG.log(System.Logger.Level.INFO, "The signing keys are encrypted from now on");
      }
      return ring;
    } catch (JOSEException e) {
      throw new IllegalStateException("A stored signing key is unusable", e);
    }
  }

  /**
   * Signs with a new key from now on.
   *
   * @return empty where this repeats a request whose key is gone since
   * @throws dev.vidame.directory.DirectoryException when too many keys still verify
   */
  Optional<Done<KeptKey>> rotate(KeyRotation rotation, ChangeRequest request) {
    Optional<Done<KeptKey>> next =
        rotation.rotate(() -> sealed(generate(), seal), lifetime, request);
    reload();
    return next;
  }

  /** Signs with a new key from now on where the one that signs is as old as this. */
  KeyRotation.Renewal renew(KeyRotation rotation, Duration age, ChangeRequest request) {
    KeyRotation.Renewal renewal =
        rotation.renew(() -> sealed(generate(), seal), lifetime, age, request);
    reload(); // whoever else works with the store may have been faster
    return renewal;
  }

  /** One at a time, so that the last to set the keys has read the newest. */
  synchronized void reload() {
    try {
      keys = Keys.of(stored.kept(), clock.instant(), seal);
    } catch (JOSEException e) {
      throw new IllegalStateException("A stored signing key is unusable", e);
    }
  }

  private static StoredKey sealed(StoredKey key, KeySeal seal) {
    return new StoredKey(key.id(), seal.seal(key.id(), key.jwk()));
  }

  private static StoredKey opened(StoredKey key, KeySeal seal) {
    return new StoredKey(key.id(), seal.open(key.id(), key.jwk()));
  }

  private static StoredKey generate() {
    try {
      RSAKey key =
          new RSAKeyGenerator(KEY_BITS)
              .keyUse(KeyUse.SIGNATURE)
              .algorithm(JWSAlgorithm.RS256)
              .keyIDFromThumbprint(true)
              .generate();
      return new StoredKey(key.getKeyID(), key.toJSONString());
    } catch (JOSEException e) {
      throw new IllegalStateException("Every Java platform has RSA", e);
    }
  }

  private static RSAKey parse(StoredKey stored) {
    RSAKey key;
    try {
      key = RSAKey.parse(stored.jwk());
    } catch (ParseException e) {
      // The cause is left out: its message could quote the private key.
      throw new IllegalStateException("The stored signing key " + stored.id() + " is unreadable");
    }
    if (!stored.id().equals(key.getKeyID()) || !key.isPrivate() || key.size() < KEY_BITS) {
      throw new IllegalStateException("The stored signing key " + stored.id() + " is unusable");
    }
    return key;
  }

  /**
   * A token over the claims, signed with the newest key.
   *
   * @throws dev.vidame.directory.DirectoryException when too many wait for signatures already
   */
  String sign(Map<String, ?> claims) {
    Keys now = keys;
    return SIGNERS.compute(() -> signed(claims, now));
  }

  /** How many tokens there are to sign. */
  static PoolLoad load() {
    return SIGNERS;
  }

  private static String signed(Map<String, ?> claims, Keys now) {
    JWSObject token = new JWSObject(now.header(), new Payload(FlatJson.write(claims)));
    try {
      token.sign(now.signer());
    } catch (JOSEException e) {
      throw new IllegalStateException("Signing failed", e);
    }
    return token.serialize();
  }

  /** Checks signatures of the key with this id; empty when it is none of ours, or no more. */
  Optional<JWSVerifier> verifier(String keyId) {
    Verifying known = keys.verifying().get(keyId);
    if (known == null && askedAt.isBefore(clock.instant().minus(AT_MOST_EVERY))) {
      askedAt = clock.instant(); // reloads for other reasons keep no new key waiting
      reload(); // another server may have made it since
      known = keys.verifying().get(keyId);
    }
    return Optional.ofNullable(known)
        .filter(key -> key.kept().isNeededAt(clock.instant()))
        .map(Verifying::verifier);
  }

  /** The keys whose tokens can be good, newest first. */
  List<KeptKey> needed() {
    return verifying().map(Verifying::kept).toList();
  }

  /** The public halves of those keys, as a JSON Web Key Set. */
  String jwksJson() {
    return new JWKSet(verifying().map(Verifying::published).toList()).toString(true);
  }

  private Stream<Verifying> verifying() {
    Instant now = clock.instant();
    return keys.verifying().values().stream().filter(key -> key.kept().isNeededAt(now));
  }
}
