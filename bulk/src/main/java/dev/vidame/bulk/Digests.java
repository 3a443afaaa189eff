package dev.vidame.bulk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.UUID;

/** Digests, and ids made of them. */
final class Digests {
  private Digests() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  static String sha256(Path file, FileSeal seal) {
    MessageDigest digest = sha256();
    byte[] chunk = new byte[1 << 16];
    try (InputStream in = seal.open(file)) {
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        digest.update(chunk, 0, count);
      }
    } catch (IOException e) {
      throw BulkException.unreadable(file, e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The first eight bytes of a text's digest. */
  static long of(String text) {
    return ByteBuffer.wrap(sha256().digest(text.getBytes(StandardCharsets.UTF_8))).getLong();
  }

  /**
   * The request id of a row: always the same for the same row of the same plan, and nobody else's.
   *
   * @param purpose tells a change from what undoes it
   */
  static UUID requestId(UUID plan, String purpose, long row) {
    byte[] digest =
        sha256().digest((plan + "/" + purpose + "/" + row).getBytes(StandardCharsets.UTF_8));
    ByteBuffer bytes = ByteBuffer.wrap(digest);
    // A version of 8 and the variant that RFC 9562 gives to ids of one's own making.
    long high = (bytes.getLong() & ~0xF000L) | 0x8000L;
    long low = (bytes.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(high, low);
  }
}
