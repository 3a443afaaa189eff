package dev.vidame.server.dashboard;

import dev.vidame.directory.partners.SecretHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a browser holds of its session, and what is made of it. Thread-safe. The store has its hash
 * only, so from the store alone neither it nor anything that is made of it can be had.
 */
final class BrowserKey {
  private static final int SECRET_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final String MAC = "HmacSHA256";
  private static final String CIPHER = "AES/GCM/NoPadding";

  private final String text;
  private final SecureRandom random;

  /** The key that a browser has sent. */
  BrowserKey(String text, SecureRandom random) {
    this.text = text;
    this.random = random;
  }

  /** One that nobody has yet. */
  static BrowserKey fresh(SecureRandom random) {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return new BrowserKey(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), random);
  }

  /** What the browser is to hold. */
  String text() {
    return text;
  }

  /** By which the session is found. */
  byte[] hash() {
    return SecretHash.of(text);
  }

  /** What the browser's forms bring back. */
  String formToken() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(derived("form token"));
  }

  /** Encrypts something for this browser's next requests. */
  byte[] seal(String purpose, byte[] open) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, purpose, nonce).doFinal(open);
      return ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + CIPHER, e);
    }
  }

  /** What was sealed for this purpose; empty for anything else. */
  Optional<byte[]> open(String purpose, byte[] sealed) {
    if (sealed.length < NONCE_BYTES) {
      return Optional.empty();
    }
    byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
    try {
      return Optional.of(
          cipher(Cipher.DECRYPT_MODE, purpose, nonce)
              .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES));
    } catch (AEADBadTagException e) {
      return Optional.empty(); // of another session, or changed by somebody in the store
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + CIPHER, e);
    }
  }

  private Cipher cipher(int mode, String purpose, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(
        mode,
        new SecretKeySpec(derived("seal " + purpose), "AES"),
        new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }

  private byte[] derived(String purpose) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), MAC));
      return mac.doFinal(("vidame dashboard, " + purpose).getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + MAC, e);
    }
  }

  /** Never shows the key. */
  @Override
  public String toString() {
    return "BrowserKey";
  }
}
