package dev.vidame.server.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.harness.Until;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class HeldAnswersTest {
  private static final Duration FOR_EVER = Duration.ofDays(1);

  private static List<Thread> start(HeldAnswers held, int count) {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      threads.add(Thread.startVirtualThread(held::hold));
    }
    return threads;
  }

  private static void awaitHeld(HeldAnswers held, int count) {
    Until.met(() -> held.held() == count);
  }

  @Test
  void answerIsHeldForItsTime() {
    long start = System.nanoTime();

    try (HeldAnswers held = new HeldAnswers(Duration.ofMillis(50), 1)) {
      held.hold();
      assertThat(held.held()).isZero();
    }

    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(Duration.ofMillis(50).toNanos());
  }

  @Test
  void whoComesWhenItIsFullDoesNotWait() {
    try (HeldAnswers held = new HeldAnswers(FOR_EVER, 3)) {
      start(held, 3);
      awaitHeld(held, 3);

      held.hold();

      assertThat(held.held()).isEqualTo(3);
    }
  }

  @Test
  void closingLetsEverybodyGoAndHoldsNobodyLater() throws InterruptedException {
    HeldAnswers held = new HeldAnswers(FOR_EVER, 100);
    List<Thread> threads = start(held, 100);
    awaitHeld(held, 100);

    held.close();

    for (Thread thread : threads) {
      thread.join();
    }
    held.hold();
    assertThat(held.held()).isZero();
  }

  /** Many more wait than there are processors, and others still run. */
  @Test
  void heldAnswersOccupyNoCarrier() throws InterruptedException {
    try (HeldAnswers held = new HeldAnswers(FOR_EVER, 10_000)) {
      start(held, 1_000);
      awaitHeld(held, 1_000);

      Thread other = Thread.startVirtualThread(() -> {});
      other.join();

      assertThat(held.held()).isEqualTo(1_000);
    }
  }

  @Test
  void interruptedThreadGoesOnAndKnowsIt() throws InterruptedException {
    try (HeldAnswers held = new HeldAnswers(FOR_EVER, 1)) {
      boolean[] isInterrupted = new boolean[1];
      Thread thread =
          Thread.startVirtualThread(() -> {
            held.hold();
            isInterrupted[0] = Thread.currentThread().isInterrupted();
          });
      awaitHeld(held, 1);

      thread.interrupt();
      thread.join();

      assertThat(isInterrupted[0]).isTrue();
      assertThat(held.held()).isZero();
    }
  }
}
