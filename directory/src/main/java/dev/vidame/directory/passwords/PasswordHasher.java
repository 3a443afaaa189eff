package dev.vidame.directory.passwords;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.PasswordHashing;
import dev.vidame.directory.nice.NicePool;
import dev.vidame.directory.observation.HashObserver;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hashes passwords with Argon2id, on a few threads of its own. Thread-safe.
 *
 * <p>A hash takes about 20 ms and 19 MiB by design, so the number at once is bounded by the
 * processors, and its threads let all others go first: a flood of hashes (an import, a guessing
 * attack) slows only those who need one. Two passes, one lane, and as much memory as {@link
 * PasswordHashing} says, which is OWASP's minimum where nobody says otherwise. The form is PHC's:
 * {@code $argon2id$v=19$m=19456,t=2,p=1$salt$hash}.
 */
public final class PasswordHasher implements AutoCloseable {
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int SALT_BYTES = 16;

  private static final int WAITING_PER_THREAD = 256;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

  /*
   * Collecting the 19 MiB of each hash took a third of the processor time of creating an account, and stopped everybody
   * after each few sign-ins. So a thread keeps its memory, which is cleared after use, until it has been idle for a while
   * and ends.
   */
  private final ThreadLocal<Argon2id> argon2id;

  private final Argon2id.Cost cost;
  private final SecureRandom random;
  private final NicePool pool;
  private final HashObserver observer;

  /** A hasher that nobody watches. */
  public PasswordHasher(SecureRandom random, PasswordHashing hashing) {
    this(random, hashing, HashObserver.none());
  }

  /**
   * A hasher.
   *
   * @param random gives the salts
   * @param hashing how many at once, and what each costs
   * @param observer is told of each
   */
  public PasswordHasher(SecureRandom random, PasswordHashing hashing, HashObserver observer) {
    this.random = random;
    this.cost = cost(hashing.memoryKib());
    this.argon2id = ThreadLocal.withInitial(() -> new Argon2id(cost.memoryKib(), Thread::yield));
    this.pool =
        new NicePool(
            "hash", hashing.threads(), hashing.threads() * WAITING_PER_THREAD, RETRY_AFTER);
    this.observer = observer;
    observer.opened(pool);
  }

  /**
   * The hash of a password, with a new salt.
   *
   * @throws DirectoryException when too many wait already
   */
  public String hash(String password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return phc(salt, onPool(password, salt, cost));
  }

  /**
   * A hash that no password has, and that takes as long to verify as any of {@link #hash}: for who
   * is not there, so that answers do not tell.
   */
  public String hashOfNobody() {
    return phc(new byte[SALT_BYTES], new byte[Argon2id.HASH_BYTES]);
  }

  private String phc(byte[] salt, byte[] hash) {
    Base64.Encoder encoder = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            cost.memoryKib(),
            cost.passes(),
            cost.lanes(),
            encoder.encodeToString(salt),
            encoder.encodeToString(hash));
  }

  /**
   * Whether the password is the one that was hashed. Compares in constant time.
   *
   * @throws IllegalArgumentException when the hash has another form
   * @throws DirectoryException when too many wait already
   */
  public boolean verify(String password, String phc) {
    Matcher parts = parts(phc);
    byte[] salt = Base64.getDecoder().decode(parts.group(4));
    byte[] expected = Base64.getDecoder().decode(parts.group(5));
    return MessageDigest.isEqual(expected, onPool(password, salt, cost(parts)));
  }

  /**
   * Whether less work was put into a hash than into new ones, as where the memory was raised since.
   *
   * @throws IllegalArgumentException when the hash has another form
   */
  public boolean isWeaker(String phc) {
    return cost(parts(phc)).work() < cost.work();
  }

  private static Matcher parts(String phc) {
    Matcher parts = PHC.matcher(phc);
    if (!parts.matches()) {
      throw new IllegalArgumentException("A stored password hash is not Argon2id in PHC form");
    }
    return parts;
  }

  private static Argon2id.Cost cost(Matcher parts) {
    return new Argon2id.Cost(
        Integer.parseInt(parts.group(1)),
        Integer.parseInt(parts.group(2)),
        Integer.parseInt(parts.group(3)));
  }

  private static Argon2id.Cost cost(int memoryKib) {
    return new Argon2id.Cost(memoryKib, PASSES, LANES);
  }

  /**
   * The hash of a text with a salt that is known, so that the text can be found by it. Raised
   * memory does not count here, as what was stored before would not be found any more.
   *
   * @param salt 16 bytes of chance
   * @throws DirectoryException when too many wait already
   */
  public byte[] derive(String text, byte[] salt) {
    int memoryKib = Math.min(cost.memoryKib(), PasswordHashing.STANDARD_MEMORY_KIB);
    return onPool(text, salt, cost(memoryKib));
  }

  private byte[] onPool(String text, byte[] salt, Argon2id.Cost wanted) {
    return pool.compute(() -> timed(text, salt, wanted));
  }

  private byte[] timed(String text, byte[] salt, Argon2id.Cost wanted) {
    long start = System.nanoTime();
    byte[] hash = argon2id.get().hash(text, salt, wanted);
    observer.hashed(System.nanoTime() - start);
    return hash;
  }

  /** Ends the threads once their work is done. */
  @Override
  public void close() {
    pool.close();
  }
}
