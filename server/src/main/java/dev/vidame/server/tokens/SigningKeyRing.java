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
import dev.vidame.directory.partners.SigningKeys;
import dev.vidame.directory.partners.SigningKeys.StoredKey;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The server's RSA keys: the newest signs, all verify. Thread-safe. Knows the keys that the store
 * held when it was opened.
 */
final class SigningKeyRing {
  private static final System.Logger LOG = System.getLogger(SigningKeyRing.class.getName());

  private static final int KEY_BITS = 2048;

  private final JWSHeader header;
  private final JWSSigner signer;
  private final Map<String, JWSVerifier> verifiers;
  private final String jwksJson;

  private SigningKeyRing(List<RSAKey> newestFirst) throws JOSEException {
    RSAKey newest = newestFirst.getFirst();
    header =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .type(JOSEObjectType.JWT)
            .keyID(newest.getKeyID())
            .build();
    signer = new RSASSASigner(newest);
    verifiers = new HashMap<>();
    List<JWK> published = new ArrayList<>();
    for (RSAKey key : newestFirst) {
      verifiers.put(key.getKeyID(), new RSASSAVerifier(key.toRSAPublicKey()));
      published.add(key.toPublicJWK());
    }
    jwksJson = new JWKSet(published).toString(true);
  }

  /**
   * Loads the keys, making the first one where there is none, which takes a moment.
   *
   * @throws IllegalStateException when a stored key is not an RSA key of 2048 bits or more
   */
  static SigningKeyRing open(SigningKeys keys) {
    return open(keys, KeySeal.none());
  }

  /**
   * As above, with keys that are sealed in the store. Those that are not yet become so.
   *
   * @throws KeySealException when a key cannot be opened
   */
  static SigningKeyRing open(SigningKeys keys, KeySeal seal) {
    try {
      List<RSAKey> all = new ArrayList<>();
      for (StoredKey stored : keys.loadOrCreate(() -> seal.seal(generate()))) {
        all.add(parse(seal.open(stored)));
      }
      if (seal.isOn() && keys.rewrite(seal::seal) > 0) {
        LOG.log(System.Logger.Level.INFO, "The signing keys are encrypted from now on");
      }
      return new SigningKeyRing(all);
    } catch (JOSEException e) {
      throw new IllegalStateException("A stored signing key is unusable", e);
    }
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

  /** A token over the claims, signed with the newest key. */
  String sign(Map<String, ?> claims) {
    JWSObject token = new JWSObject(header, new Payload(FlatJson.write(claims)));
    try {
      token.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("Signing failed", e);
    }
    return token.serialize();
  }

  /** Checks signatures of the key with this id; empty when it is none of ours. */
  Optional<JWSVerifier> verifier(String keyId) {
    return Optional.ofNullable(verifiers.get(keyId));
  }

  /** The public halves, as a JSON Web Key Set. */
  String jwksJson() {
    return jwksJson;
  }
}
