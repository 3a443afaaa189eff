package dev.vidame.server.harness;

import java.time.Duration;

/**
 * Waits until something has come about. A test that asks again and again by itself would go on for
 * ever where it never does, since JUnit's timeout only interrupts it.
 */
public final class Until {
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private Until() {}

  /** What is waited for. */
  @FunctionalInterface
  public interface Condition<E extends Exception> {
    /** Whether it has come about. */
    boolean isMet() throws E;
  }

  /** Comes back once the condition is met, and fails where it is not for a minute. */
  public static <E extends Exception> void met(Condition<E> condition) throws E {
    long start = System.nanoTime();
    while (!condition.isMet()) {
      if (System.nanoTime() - start > LONGEST.toNanos()) {
        throw new AssertionError("What is waited for has not come about within " + LONGEST);
      }
      Thread.onSpinWait();
    }
  }
}
