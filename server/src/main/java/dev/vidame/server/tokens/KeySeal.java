package dev.vidame.server.tokens;

import dev.vidame.directory.partners.SigningKeys.StoredKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts the keys that sign tokens before they are stored, with a key that is not in the store
 * (AES-256-GCM). So whoever gets the store, or a copy of it, cannot sign tokens. Thread-safe.
 *
 * <p>What is sealed names the key that it is sealed with by a few bits of a hash, and is bound to
 * the signing key's id, so that no two can be exchanged.
 */
public final class KeySeal {
  private static final String PREFIX = "sealed-1.";
  private static final int KEY_BYTES = 32;
  private static final int MARK_BYTES = 4;
  private static final int NONCE_BYTES = 12;
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
  boolean isOn() {
    return key != null;
  }

  private static boolean isSealed(StoredKey stored) {
    return stored.jwk().startsWith(PREFIX);
  }

  /** The key as it is to be stored. */
  StoredKey seal(StoredKey open) {
    SecretKey with = key;
    if (with == null || isSealed(open)) {
      return open;
    }
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] secret = open.jwk().getBytes(StandardCharsets.UTF_8);
    byte[] sealed;
    try {
      sealed = cipher(Cipher.ENCRYPT_MODE, with, nonce, open.id()).doFinal(secret);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has AES-GCM", e);
    }
    byte[] all =
        ByteBuffer.allocate(MARK_BYTES + NONCE_BYTES + sealed.length)
            .put(mark(with))
            .put(nonce)
            .put(sealed)
            .array();
    return new StoredKey(open.id(), PREFIX + Base64.getEncoder().encodeToString(all));
  }

  /**
   * The key as it was before it was sealed.
   *
   * @throws KeySealException when there is no key to open it with, or another one
   */
  StoredKey open(StoredKey stored) {
    if (!isSealed(stored)) {
      return stored;
    }
    SecretKey with = key;
    if (with == null) {
      throw new KeySealException(
          "The store's signing keys are encrypted. Set secrets.key-file, or VIDAME_SECRETS_KEY, to the key that they were"
              + " encrypted with");
    }
    try {
      byte[] all = Base64.getDecoder().decode(stored.jwk().substring(PREFIX.length()));
      if (!Arrays.equals(mark(with), Arrays.copyOf(all, MARK_BYTES))) {
        throw new KeySealException(
            "The store's signing keys are encrypted with another key than secrets.key-file or VIDAME_SECRETS_KEY gives");
      }
      byte[] nonce = Arrays.copyOfRange(all, MARK_BYTES, MARK_BYTES + NONCE_BYTES);
      int start = MARK_BYTES + NONCE_BYTES;
      byte[] secret =
          cipher(Cipher.DECRYPT_MODE, with, nonce, stored.id())
              .doFinal(all, start, all.length - start);
      return new StoredKey(stored.id(), new String(secret, StandardCharsets.UTF_8));
    } catch (AEADBadTagException e) {
      throw damaged(stored);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw damaged(stored);
    }
  }

  private static KeySealException damaged(StoredKey stored) {
    return new KeySealException("The stored signing key " + stored.id() + " is damaged");
  }

  private static Cipher cipher(int mode, SecretKey with, byte[] nonce, String id)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, with, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(id.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  /** Tells keys apart without telling them. */
  private static byte[] mark(SecretKey key) {
    return Arrays.copyOf(Sha256.of(key.getEncoded()), MARK_BYTES);
  }

  /** Never shows the key. */
  @Override
  public String toString() {
    return "KeySeal";
  }
}
