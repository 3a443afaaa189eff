package dev.vidame.harness;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Waits until something has come about. A test that asks again and again by itself would go on for
 * ever where it never does, since JUnit's timeout only interrupts it, and would take a processor
 * from what it waits for.
 */
public final class Until {
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(1);

  private Until() {}

  /** What is waited for. */
  @FunctionalInterface
  public interface Condition<E extends Exception> {
    /** Whether it has come about. */
    boolean isMet() throws E;
  }

  /**
   * Comes back once the condition is met, and fails where it is not for a minute, or where the
   * thread is interrupted.
   */
  public static <E extends Exception> void met(Condition<E> condition) throws E {
    met(LONGEST, condition, () -> "nothing is known of it");
  }

  /**
   * As {@link #met(Condition)}.
   *
   * @param longest after what time it fails
   * @param seen says what there is instead, for whoever looks for the cause
   */
  public static <E extends Exception> void met(
      Duration longest, Condition<E> condition, Supplier<String> seen) throws E {
    long start = System.nanoTime();
    while (!condition.isMet()) {
      if (System.nanoTime() - start > longest.toNanos()) {
        throw new AssertionError("Not come about within " + longest + ": " + seen.get());
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new AssertionError("Not come about when the wait was interrupted: " + seen.get());
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }

  /** Asks until an answer will do, which it comes back with, and fails as {@link #met} does. */
  public static <T> T answered(Duration longest, Supplier<T> question, Predicate<T> willDo) {
    AtomicReference<T> last = new AtomicReference<>();
    met(
        longest,
        () -> willDo.test(last.updateAndGet(before -> question.get())),
        () -> String.valueOf(last.get()));
    return last.get();
  }
}
