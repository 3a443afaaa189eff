package dev.vidame.server.factors;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Codes that are made of a secret and the time (RFC 6238, over RFC 4226): six digits, a new one
 * every 30 seconds, by HMAC-SHA-1, which is what authenticators know.
 */
final class Totp {
  /** As long as the hash, which RFC 4226 recommends. */
  static final int SECRET_BYTES = 20;

  static final int DIGITS = 6;
  static final int STEP_SECONDS = 30;

  /** So many steps the authenticator's clock may be ahead or behind. */
  private static final int TOLERANCE = 1;

  private static final String ALGORITHM = "HmacSHA1";
  private static final int MODULUS = 1_000_000;

  private Totp() {}

  /** The number of the time step of a moment. */
  static long step(Instant now) {
    return Math.floorDiv(now.getEpochSecond(), STEP_SECONDS);
  }

  /** The code of a time step. */
  static String code(byte[] secret, long step) {
    return String.format(Locale.ROOT, "%0" + DIGITS + "d", truncated(hash(secret, step)) % MODULUS);
  }

  /** 31 bits of the hash, from where its last four bits say. */
  static int truncated(byte[] hash) {
    int offset = hash[hash.length - 1] & 0xF;
    return ByteBuffer.wrap(hash).getInt(offset) & 0x7FFF_FFFF;
  }

  private static byte[] hash(byte[] secret, long step) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      return mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
    }
  }

  /**
   * The time step that a code is of, about a moment and after another step; empty for none.
   * Compares in constant time.
   */
  static OptionalLong stepOf(byte[] secret, String code, Instant now, long after) {
    OptionalLong found = OptionalLong.empty();
    for (long step = step(now) - TOLERANCE; step <= step(now) + TOLERANCE; step++) {
      if (MessageDigest.isEqual(ascii(code(secret, step)), ascii(code))
          && step > after
          && found.isEmpty()) {
        found = OptionalLong.of(step);
      }
    }
    return found;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
