package dev.vidame.directory.partners;

import dev.vidame.directory.passwords.PasswordHasher;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.UUID;

/**
 * Recovery codes as they are stored: each for one sign-in without the authenticator. Their hashes
 * are as slow as those of passwords, because a code has less than 112 bits of chance, and share a
 * salt, so that one hash finds a code among all.
 *
 * @param salt 128 bits of chance
 * @param hashes one of each code
 */
public record RecoveryCodes(UUID salt, List<byte[]> hashes) {
  private static final int SALT_BYTES = 16;

  /** Copies the list. */
  public RecoveryCodes {
    hashes = List.copyOf(hashes);
  }

  /**
   * The stored form of codes, which takes some time to make.
   *
   * @throws dev.vidame.directory.DirectoryException when too many hashes wait already
   */
  public static RecoveryCodes of(List<String> codes, SecureRandom random, PasswordHasher hasher) {
    UUID salt = new UUID(random.nextLong(), random.nextLong());
    return new RecoveryCodes(salt, codes.stream().map(code -> hash(code, salt, hasher)).toList());
  }

  /** The stored form of one code. */
  static byte[] hash(String code, UUID salt, PasswordHasher hasher) {
    byte[] bytes =
        ByteBuffer.allocate(SALT_BYTES)
            .putLong(salt.getMostSignificantBits())
            .putLong(salt.getLeastSignificantBits())
            .array();
    return hasher.derive(code, bytes);
  }

  /** Never shows the hashes. */
  @Override
  public String toString() {
    return "RecoveryCodes[" + hashes.size() + "]";
  }
}
