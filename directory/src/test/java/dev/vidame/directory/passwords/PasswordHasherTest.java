package dev.vidame.directory.passwords;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.vidame.directory.PasswordHashing;
import dev.vidame.directory.observation.HashObserver;
import dev.vidame.directory.observation.PoolLoad;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PasswordHasherTest {
  private final PasswordHasher hasher =
      new PasswordHasher(new SecureRandom(), PasswordHashing.standard());

  @AfterEach
  void close() {
    hasher.close();
  }

  @Test
  void onlyTheRightPasswordVerifies() {
    String hash = hasher.hash("testPw@!122B");

    assertThat(hasher.verify("testPw@!122B", hash)).isTrue();
    assertThat(hasher.verify("testPw@!122b", hash)).isFalse();
    assertThat(hasher.verify("", hash)).isFalse();
  }

  @Test
  void samePasswordHashesDifferentlyEachTime() {
    assertThat(hasher.hash("testPw@!122B"))
        .startsWith("$argon2id$v=19$m=19456,t=2,p=1$")
        .isNotEqualTo(hasher.hash("testPw@!122B"));
  }

  /**
   * The reference implementation's own: echo -n password | argon2 somesalt -id -t 2 -k 256 -p 1.
   */
  @Test
  void hashOfTheReferenceImplementationVerifies() {
    String reference =
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";

    assertThat(hasher.verify("password", reference)).isTrue();
    assertThat(hasher.verify("Password", reference)).isFalse();
  }

  @Test
  void composedAndDecomposedLettersAreTheSamePassword() {
    assertThat(hasher.verify("re\u0301sume\u0301", hasher.hash("r\u00e9sum\u00e9"))).isTrue();
  }

  /** Or the garbage of a few sign-ins stops everybody for a full collection. */
  @Test
  void memoryOfAHashIsUsedAgainByTheNextAlsoWhenNobodyWaits() {
    try (PasswordHasher single =
        new PasswordHasher(
            new SecureRandom(), new PasswordHashing(1, PasswordHashing.STANDARD_MEMORY_KIB))) {
      single.hash("the first, whose thread gets its memory");
      Thread thread = hashingThread();
      ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
      long before = threads.getThreadAllocatedBytes(thread.threadId());

      single.hash("the second");

      assertThat(hashingThread()).isSameAs(thread);
      assertThat(threads.getThreadAllocatedBytes(thread.threadId()) - before)
          .isPositive()
          .isLessThan(4 << 20);
    }
  }

  @Test
  void hashIsWeakerWhereLessWorkWasPutIntoIt() {
    String usual = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$bm90aGluZw";

    assertThat(hasher.isWeaker(usual)).isFalse();
    assertThat(hasher.isWeaker(usual.replace("m=19456", "m=19455"))).isTrue();
    assertThat(hasher.isWeaker(usual.replace("t=2", "t=1"))).isTrue();
    assertThat(hasher.isWeaker(usual.replace("m=19456", "m=65536"))).isFalse();
  }

  /** Or who is not there would be told from who is by the time of an answer. */
  @Test
  void nobodysHashCostsWhatOthersDoAndNoPasswordHasIt() {
    PasswordHashing raised = new PasswordHashing(1, 2 * PasswordHashing.STANDARD_MEMORY_KIB);
    try (PasswordHasher other = new PasswordHasher(new SecureRandom(), raised)) {
      assertThat(hasher.hashOfNobody()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
      assertThat(other.hashOfNobody()).startsWith("$argon2id$v=19$m=38912,t=2,p=1$");
      assertThat(hasher.verify("", hasher.hashOfNobody())).isFalse();
    }
  }

  @Test
  void textIsFoundByItsHashAlsoAfterMemoryWasRaised() {
    PasswordHashing raised = new PasswordHashing(1, 2 * PasswordHashing.STANDARD_MEMORY_KIB);
    byte[] salt = new byte[16];
    try (PasswordHasher other = new PasswordHasher(new SecureRandom(), raised)) {
      assertThat(other.derive("a code", salt)).isEqualTo(hasher.derive("a code", salt));
    }
  }

  @Test
  void whoWatchesIsToldOfTheThreadsOnceAndOfEachHash() {
    AtomicInteger opened = new AtomicInteger();
    List<Long> nanos = new CopyOnWriteArrayList<>();
    HashObserver observer =
        new HashObserver() {
          @Override
          public void opened(PoolLoad load) {
            opened.incrementAndGet();
          }

          @Override
          public void hashed(long each) {
            nanos.add(each);
          }
        };
    long start = System.nanoTime();
    try (PasswordHasher watched =
        new PasswordHasher(new SecureRandom(), new PasswordHashing(1, 8), observer)) {
      watched.verify("a", watched.hash("a"));
    }
    long elapsed = System.nanoTime() - start;

    assertThat(opened.get()).isEqualTo(1);
    assertThat(nanos).hasSize(2).allSatisfy(each -> assertThat(each).isBetween(1L, elapsed));
  }

  @Test
  void hashingThatCannotWorkIsRefused() {
    assertThatThrownBy(() -> new PasswordHashing(0, 8))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PasswordHashing(1, 7))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anotherFormIsRefused() {
    assertThatThrownBy(() -> hasher.verify("x", "$2b$12$abc"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Those of other tests' hashers may be about to end, so it is the newest one. */
  private static Thread hashingThread() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("vidame-hash-0"))
        .max(Comparator.comparingLong(Thread::threadId))
        .orElseThrow();
  }
}
