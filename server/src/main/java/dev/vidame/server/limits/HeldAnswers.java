package dev.vidame.server.limits;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Keeps callers waiting who would otherwise ask again at once. Thread-safe.
 *
 * <p>A virtual thread that waits here occupies no carrier. There is room for so many; whoever comes
 * when it is full does not wait.
 */
public final class HeldAnswers implements AutoCloseable {
  private final Duration time;
  private final int most;
  private final Semaphore room;
  private final CountDownLatch end = new CountDownLatch(1);

  /**
   * Room for answers.
   *
   * @param time how long each is held
   * @param most how many are held at once
   */
  public HeldAnswers(Duration time, int most) {
    this.time = time;
    this.most = most;
    this.room = new Semaphore(most);
  }

  /** Waits, unless there is no room, until the time is over or this is closed. */
  public void hold() {
    if (room.tryAcquire()) {
      try {
        var _ = end.await(time.toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        room.release();
      }
    }
  }

  /** How many wait now. */
  public int held() {
    return most - room.availablePermits();
  }

  /** Lets all of them go, and holds nobody any more. */
  @Override
  public void close() {
    end.countDown();
  }
}
