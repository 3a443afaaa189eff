package dev.vidame.bulk;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of reading an account. */
public sealed interface Reading {

  /**
   * It is there, in use or deleted.
   *
   * @param account as it is
   */
  record Found(Account account) implements Reading {}

  /** There is none. */
  record Absent() implements Reading {}

  /**
   * The service cannot be asked now.
   *
   * @param cause for people
   * @param after how long it asked to be left alone, or null
   * @param isThrottled whether it said that it is asked too often
   */
  record Later(String cause, @Nullable Duration after, boolean isThrottled) implements Reading {}

  /**
   * Asking again will not help before somebody has signed in.
   *
   * @param cause for people
   */
  record SignedOut(String cause) implements Reading {}

  /**
   * The service will not say.
   *
   * @param cause for people
   */
  record Refused(String cause) implements Reading {}
}
