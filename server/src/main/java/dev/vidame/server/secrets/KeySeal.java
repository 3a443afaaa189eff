package dev.vidame.server.secrets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts secrets that must be had back before they are stored, with a key that is not in the
 * store (AES-256-GCM): the keys that sign tokens, and what the codes of second factors are made of.
 * So whoever gets the store, or a copy of it, can make neither. Thread-safe.
 *
 * <p>What is sealed names the key that it is sealed with by a few bits of a hash, and is bound to
 * the name of the secret, so that no two can be exchanged.
 */
public final class KeySeal {
  private static final String PREFIX = "sealed-1.";
  private static final int KEY_BYTES = 32;
  static final int MARK_BYTES = 4;
  static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final @Nullable SecretKey key;
  private final SecureRandom random = new SecureRandom();

  private KeySeal(@Nullable SecretKey key) {
    this.key = key;
  }

  /** Seals nothing. */
  public static KeySeal none() {
    return new KeySeal(null);
  }

  /**
   * Seals with the key that a file holds.
   *
   * @throws KeySealException when it cannot be read or is no key
   */
  public static KeySeal ofFile(Path file) {
    try {
      return of(Files.readString(file, StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new KeySealException("The key of secrets.key-file cannot be read: " + e);
    }
  }

  /**
   * Seals with a key.
   *
   * @param base64 32 bytes in Base64
   * @throws KeySealException when it is anything else; the message does not quote it
   */
  public static KeySeal of(String base64) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64.strip());
    } catch (IllegalArgumentException e) {
      bytes = new byte[0]; // the cause would quote the key
    }
    if (bytes.length != KEY_BYTES) {
      throw new KeySealException(
          "The key that secrets.key-file or VIDAME_SECRETS_KEY gives must be 32 bytes in Base64, as of: openssl rand"
              + " -base64 32");
    }
    return new KeySeal(new SecretKeySpec(bytes, "AES"));
  }

  /** Whether anything is sealed. */
  public boolean isOn() {
    return key != null;
  }

  private static boolean isSealed(String stored) {
    return stored.startsWith(PREFIX);
  }

  /**
   * The secret as it is to be stored.
   *
   * @param name unique among the secrets of a store
   * @param open the secret, or what it became when it was sealed before, which stays so
   */
  public String seal(String name, String open) {
    SecretKey with = key;
    if (with == null || isSealed(open)) {
      return open;
    }
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] secret = open.getBytes(StandardCharsets.UTF_8);
    byte[] sealed;
    try {
      sealed = cipher(Cipher.ENCRYPT_MODE, with, nonce, name).doFinal(secret);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has AES-GCM", e);
    }
    byte[] all =
        ByteBuffer.allocate(MARK_BYTES + NONCE_BYTES + sealed.length)
            .put(mark(with))
            .put(nonce)
            .put(sealed)
            .array();
    return PREFIX + Base64.getEncoder().encodeToString(all);
  }

  /**
   * The secret as it was before it was sealed.
   *
   * @param name as it was sealed under
   * @throws KeySealException when there is no key to open it with, or another one
   */
  public String open(String name, String stored) {
    if (!isSealed(stored)) {
      return stored;
    }
    SecretKey with = key;
    if (with == null) {
      throw new KeySealException(
          "The store's secrets are encrypted. Set secrets.key-file, or VIDAME_SECRETS_KEY, to the key that they were"
              + " encrypted with");
    }
    try {
      byte[] all = Base64.getDecoder().decode(stored.substring(PREFIX.length()));
      if (!Arrays.equals(mark(with), Arrays.copyOf(all, MARK_BYTES))) {
        throw new KeySealException(
            "The store's secrets are encrypted with another key than secrets.key-file or VIDAME_SECRETS_KEY gives");
      }
      byte[] nonce = Arrays.copyOfRange(all, MARK_BYTES, MARK_BYTES + NONCE_BYTES);
      int start = MARK_BYTES + NONCE_BYTES;
      byte[] secret =
          cipher(Cipher.DECRYPT_MODE, with, nonce, name).doFinal(all, start, all.length - start);
      return new String(secret, StandardCharsets.UTF_8);
    } catch (AEADBadTagException e) {
      throw damaged(name);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw damaged(name);
    }
  }

  private static KeySealException damaged(String name) {
    return new KeySealException("The stored secret " + name + " is damaged");
  }

  /**
   * A key for other things than secrets of the store, which nobody has who has the store alone;
   * empty where nothing is sealed.
   *
   * @param purpose what for; each gets another key
   * @param salt what the store holds for it
   */
  Optional<SecretKey> derived(String purpose, byte[] salt) {
    SecretKey with = key;
    if (with == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          KDF.getInstance("HKDF-SHA256")
              .deriveKey(
                  "AES",
                  HKDFParameterSpec.ofExtract()
                      .addIKM(with)
                      .addSalt(salt)
                      .thenExpand(purpose.getBytes(StandardCharsets.UTF_8), KEY_BYTES)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HKDF", e);
    }
  }

  static Cipher cipher(int mode, SecretKey with, byte[] nonce, String name)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, with, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  /** Tells keys apart without telling them. */
  static byte[] mark(SecretKey key) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
      return Arrays.copyOf(hash, MARK_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** Never shows the key. */
  @Override
  public String toString() {
    return "KeySeal";
  }
}
