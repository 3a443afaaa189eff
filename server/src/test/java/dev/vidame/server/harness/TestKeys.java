package dev.vidame.server.harness;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * RSA keys of tests. To find one takes a tenth of a second and more, so whoever only needs one that
 * is different from the others' has one of those that were found before in this JVM.
 */
public final class TestKeys {
  private static final int BITS = 2048;
  private static final Map<Integer, RSAKey> KEYS = new ConcurrentHashMap<>();

  private TestKeys() {}

  /** A key with the id "first"; the same one for the same number, and for others another one. */
  public static RSAKey first(int number) {
    return KEYS.computeIfAbsent(number, any -> newKey("first", BITS));
  }

  /** A key like no other. */
  public static RSAKey newKey(String id, int bits) {
    try {
      return new RSAKeyGenerator(bits, true).keyID(id).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }
}
