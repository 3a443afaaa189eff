package dev.vidame.directory.journal;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The first 128 bits of a SHA-256 hash: enough to tell requests apart, half the space.
 *
 * @param high the first 64 bits
 * @param low the next 64 bits
 */
public record Fingerprint(long high, long low) {

  /**
   * The fingerprint of the parts. The length of each goes in, so that no two lists of parts give
   * the same input.
   */
  public static Fingerprint of(byte[]... parts) {
    MessageDigest digest = sha256();
    ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
    for (byte[] part : parts) {
      digest.update(length.putInt(0, part.length).array());
      digest.update(part);
    }
    return of(digest.digest());
  }

  static Fingerprint of(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new Fingerprint(buffer.getLong(), buffer.getLong());
  }

  /** The 16 bytes as they are stored. */
  public byte[] bytes() {
    return ByteBuffer.allocate(16).putLong(high).putLong(low).array();
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
