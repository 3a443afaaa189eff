package dev.vidame.directory.partners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidame.directory.Together;
import dev.vidame.harness.Until;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class JointReadsTest {
  private final JointReads<String, Long> reads = new JointReads<>();
  private final AtomicLong store = new AtomicLong();

  @Test
  void nobodyGetsAReadThatBeganBeforeItAsked() throws Exception {
    AtomicInteger made = new AtomicInteger();
    int askers = 16;
    int asks = 2_000;
    List<Integer> stale =
        Together.run(
            askers,
            asker ->
                () -> {
                  int found = 0;
                  for (int ask = 0; ask < asks; ask++) {
                    long written = store.incrementAndGet();
                    found += reads.read("key", () -> readSlowly(made)) < written ? 1 : 0;
                  }
                  return found;
                });
    assertThat(stale).containsOnly(0);
    assertThat(made.get()).isLessThan(askers * asks);
  }

  private long readSlowly(AtomicInteger made) {
    made.incrementAndGet();
    long value = store.get();
    LockSupport.parkNanos(1); // so that others write between the read and its answer
    return value;
  }

  @Test
  void allWhoAskWhileOneReadsShareTheNext() throws Exception {
    CountDownLatch isReading = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    AtomicInteger next = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Long> first =
          threads.submit(() ->
              reads.read(
                  "key",
                  () -> {
                    isReading.countDown();
                    await(mayEnd);
                    return 1L;
                  }));
      isReading.await();
      List<Future<Long>> others = new ArrayList<>();
      List<Thread> askers = new ArrayList<>();
      for (int asker = 0; asker < 10; asker++) {
        others.add(
            threads.submit(() -> {
              synchronized (askers) {
                askers.add(Thread.currentThread());
              }
              return reads.read("key", () -> 10L + next.incrementAndGet());
            }));
      }
      awaitAllAsleep(askers, 10);
      assertThat(reads.read("another key", () -> 7L)).isEqualTo(7);
      mayEnd.countDown();
      assertThat(first.get()).isEqualTo(1);
      for (Future<Long> other : others) {
        assertThat(other.get()).isEqualTo(11);
      }
    }
    assertThat(next.get()).isEqualTo(1);
  }

  @Test
  void aReadThatFailsIsNotTheNextOnes() {
    assertThatThrownBy(() ->
            reads.read(
                "key",
                () -> {
                  throw new IllegalStateException("no store");
                }))
        .hasMessage("no store");
    assertThat(reads.read("key", () -> 2L)).isEqualTo(2);
  }

  private static void awaitAllAsleep(List<Thread> threads, int count) {
    Until.met(() -> {
      synchronized (threads) {
        return threads.size() == count
            && threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING);
      }
    });
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
