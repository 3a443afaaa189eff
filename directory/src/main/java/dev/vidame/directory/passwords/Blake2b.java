package dev.vidame.directory.passwords;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bouncycastle.crypto.digests.Blake2bDigest;

/**
 * Digests by BLAKE2b without a key, of the lengths that Argon2 needs. Thread-safe.
 *
 * <p>The only class that names the library's, so that the first hash loads them and no start does:
 * the library's jar is signed, and checking that takes a tenth of a second.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7693">RFC 7693</a>
 */
final class Blake2b {
  private static final int LONGEST = 64;
  private static final int TAKEN = LONGEST / 2;

  private Blake2b() {}

  /** A digest of 1 to 64 bytes. */
  static byte[] digest(byte[] input, int bytes) {
    Blake2bDigest digest = new Blake2bDigest(bytes * Byte.SIZE);
    digest.update(input, 0, input.length);
    byte[] result = new byte[bytes];
    digest.doFinal(result, 0);
    return result;
  }

  /** A digest of any length: Argon2's H' (RFC 9106, section 3.3). */
  static byte[] longDigest(byte[] input, int bytes) {
    byte[] numbered =
        ByteBuffer.allocate(Integer.BYTES + input.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(bytes)
            .put(input)
            .array();
    if (bytes <= LONGEST) {
      return digest(numbered, bytes);
    }
    ByteBuffer result = ByteBuffer.allocate(bytes);
    byte[] link = digest(numbered, LONGEST);
    while (result.remaining() > LONGEST) {
      result.put(link, 0, TAKEN);
      link = digest(link, Math.min(LONGEST, result.remaining()));
    }
    return result.put(link).array();
  }
}
