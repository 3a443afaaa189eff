package dev.vidame.server.secrets;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts the content of files that lie beside the store (AES-256-GCM), each as a whole: one that
 * was cut, altered or exchanged for another does not open. Thread-safe.
 *
 * <p>The key is made of a secret of the store and, where there is one, of the key that is not in
 * the store, so that files alone are nothing, and no more with the store. Files that were sealed
 * before there was such a key still open.
 */
public final class ContentSeal {
  private static final byte[] HEAD = "vidame-sealed-1\n".getBytes(StandardCharsets.US_ASCII);

  /** So much of what was sealed tells that it was. */
  public static final int HEAD_BYTES = 16;

  private static final int KEY_BYTES = 32;

  /** The first one seals, and each opens. */
  private final List<SecretKey> keys;

  private final SecureRandom random = new SecureRandom();

  private ContentSeal(List<SecretKey> keys) {
    this.keys = keys;
  }

  /**
   * Seals for one purpose.
   *
   * @param outer with the key that is not in the store, if there is one
   * @param purpose what for
   * @param stored 32 bytes that the store keeps for it
   */
  public static ContentSeal of(KeySeal outer, String purpose, byte[] stored) {
    if (stored.length != KEY_BYTES) {
      throw new IllegalArgumentException("A key has 32 bytes");
    }
    return new ContentSeal(
        Stream.concat(
                outer.derived(purpose, stored).stream(),
                Stream.of(new SecretKeySpec(stored, "AES")))
            .toList());
  }

  /** Whether something was sealed, as far as its beginning tells. */
  public static boolean isSealed(byte[] content) {
    return content.length >= HEAD_BYTES
        && Arrays.equals(content, 0, HEAD_BYTES, HEAD, 0, HEAD_BYTES);
  }

  /**
   * The content as it is to be written.
   *
   * @param name which file it is; it opens under no other name
   */
  public byte[] seal(String name, byte[] content) {
    byte[] nonce = new byte[KeySeal.NONCE_BYTES];
    random.nextBytes(nonce);
    SecretKey key = keys.getFirst();
    try {
      byte[] sealed = KeySeal.cipher(Cipher.ENCRYPT_MODE, key, nonce, name).doFinal(content);
      return ByteBuffer.allocate(
              HEAD_BYTES + KeySeal.MARK_BYTES + KeySeal.NONCE_BYTES + sealed.length)
          .put(HEAD)
          .put(KeySeal.mark(key))
          .put(nonce)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has AES-GCM", e);
    }
  }

  /**
   * The content as it was.
   *
   * @throws KeySealException when it is not as it was sealed under this name, or with another key
   */
  public byte[] open(String name, byte[] stored) {
    int nonceAt = HEAD_BYTES + KeySeal.MARK_BYTES;
    int start = nonceAt + KeySeal.NONCE_BYTES;
    if (!isSealed(stored) || stored.length < start) {
      throw new KeySealException("It is not encrypted, or damaged");
    }
    byte[] mark = Arrays.copyOfRange(stored, HEAD_BYTES, nonceAt);
    SecretKey key =
        keys.stream()
            .filter(each -> Arrays.equals(KeySeal.mark(each), mark))
            .findFirst()
            .orElseThrow(() ->
                new KeySealException("It is damaged, or encrypted with a key that is not here"));
    try {
      return KeySeal.cipher(
              Cipher.DECRYPT_MODE, key, Arrays.copyOfRange(stored, nonceAt, start), name)
          .doFinal(stored, start, stored.length - start);
    } catch (GeneralSecurityException e) {
      throw new KeySealException("It is damaged");
    }
  }

  /** Never shows a key. */
  @Override
  public String toString() {
    return "ContentSeal";
  }
}
