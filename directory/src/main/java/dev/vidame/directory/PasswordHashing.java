package dev.vidame.directory;

/**
 * How passwords are hashed. Immutable.
 *
 * @param threads how many hashes may be computed at once, at least 1
 * @param memoryKib how much memory each takes, in KiB; as it is gone over twice, also how long
 * @see <a
 *     href="https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html">OWASP's
 *     least figures</a>
 */
public record PasswordHashing(int threads, int memoryKib) {
  /** OWASP's minimum for two passes and one lane. */
  public static final int STANDARD_MEMORY_KIB = 19_456;

  /** What Argon2 needs to work at all; such a hash protects nothing. */
  public static final int LEAST_MEMORY_KIB = 8;

  /** Checks the figures. */
  public PasswordHashing {
    if (threads < 1 || memoryKib < LEAST_MEMORY_KIB) {
      throw new IllegalArgumentException(
          "Hashing takes a thread and " + LEAST_MEMORY_KIB + " KiB at least");
    }
  }

  /** All processors, at OWASP's minimum. */
  public static PasswordHashing standard() {
    return new PasswordHashing(Runtime.getRuntime().availableProcessors(), STANDARD_MEMORY_KIB);
  }

  /** The same with hashes that cost next to nothing, where only made-up passwords are hashed. */
  public PasswordHashing withLeastMemory() {
    return new PasswordHashing(threads, LEAST_MEMORY_KIB);
  }
}
