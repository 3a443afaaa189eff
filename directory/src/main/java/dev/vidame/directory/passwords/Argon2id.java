package dev.vidame.directory.passwords;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Computes Argon2id hashes, and keeps the memory that they need from one to the next. Not
 * thread-safe.
 *
 * <p>The only class that names the library's, so that the first hash loads them and no start does:
 * the library's jar is signed, and checking that takes a tenth of a second.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9106">RFC 9106</a>
 */
final class Argon2id {
  static final int HASH_BYTES = 32;

  private final Argon2BytesGenerator.BlockPool blocks;

  /**
   * A computer of hashes.
   *
   * @param keptBlocks how many blocks of 1 KiB it keeps at most
   */
  Argon2id(int keptBlocks) {
    // Assigned as it is, the pool would make the JVM load its interface when it verifies this
    // class, which is at the start where there is an AOT cache.
    blocks =
        Argon2BytesGenerator.BlockPool.class.cast(
            new Argon2BytesGenerator.FixedBlockPool(keptBlocks));
  }

  /**
   * What a hash costs.
   *
   * @param memoryKib memory in KiB
   * @param passes how often all of it is gone over
   * @param lanes how many threads could share the work
   */
  record Cost(int memoryKib, int passes, int lanes) {
    /** How many blocks are computed. */
    long work() {
      return (long) memoryKib * passes;
    }
  }

  /**
   * The 32 bytes of a password's hash. The same text typed on different keyboards must give the
   * same bytes, hence the normal form.
   */
  byte[] hash(String password, byte[] salt, Cost cost) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(cost.memoryKib())
            .withIterations(cost.passes())
            .withParallelism(cost.lanes())
            .withSalt(salt)
            .withBlockPool(blocks)
            .build());
    byte[] hash = new byte[HASH_BYTES];
    generator.generateBytes(
        Normalizer.normalize(password, Normalizer.Form.NFKC).getBytes(StandardCharsets.UTF_8),
        hash);
    return hash;
  }
}
