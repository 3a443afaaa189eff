package dev.vidame.directory.storage;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** Which faults of a database pass, and how long to wait until then. */
final class Retries {
  private static final int MOST = 6;

  /** Whoever waits longer is better served by an answer: the database is away, and not busy. */
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private static final Duration FIRST_WAIT = Duration.ofMillis(5);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private static final String SERIALIZATION_FAILURE = "40001";
  private static final String COMPLETION_UNKNOWN = "40003";
  private static final String DEADLOCK = "40P01";
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String CANCELED = "57014";
  private static final String LOCK_TIMEOUT = "lock timeout";
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String CONNECTION = "08";
  private static final String TOO_MANY_CONNECTIONS = "53300";

  /** The server or somebody who runs it ends connections. */
  private static final Set<String> ENDED = Set.of("57P01", "57P02", "57P03", "25P03", "25P04");

  private final long began = System.nanoTime();
  private int tried;

  /** Counts the attempts at one thing. */
  Retries() {}

  /** What may be tried again. */
  @FunctionalInterface
  interface Attempt<R> {
    R run() throws SQLException;
  }

  /** Reads, again where a fault passes. */
  static <R> R reading(Attempt<R> attempt) {
    Retries retries = new Retries();
    while (true) {
      try {
        return attempt.run();
      } catch (SQLException e) {
        if (!passes(e) || !retries.mayTryAgain()) {
          throw new DirectoryException(new Failure.StoreUnavailable(), e);
        }
      }
    }
  }

  /** To be asked after each attempt that failed: waits a little where there may be another. */
  boolean mayTryAgain() {
    tried++;
    if (tried == MOST || System.nanoTime() - began > LONGEST.toNanos()) {
      return false;
    }
    long most =
        FIRST_WAIT.toNanos()
            << tried; // longer each time, and not as long as others who wait for the same
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(most / 2, most));
    return true;
  }

  /**
   * Whether the same may well succeed at another time. Nothing of it has happened, unless it was a
   * commit.
   */
  static boolean passes(SQLException fault) {
    String state = state(fault);
    return state.equals(SERIALIZATION_FAILURE)
        || state.equals(DEADLOCK)
        || state.equals(TOO_MANY_CONNECTIONS)
        || isOutcomeUnknown(fault);
  }

  /**
   * Whether somebody else has written what a unit of work wanted to, between its look and its
   * write; at its next look it finds it.
   */
  static boolean isOvertaken(SQLException fault) {
    return state(fault).equals(UNIQUE_VIOLATION);
  }

  /**
   * Whether somebody else has changed the same customer for too long. What else speaks like
   * PostgreSQL may call that a statement that was cancelled, and tells why in words only.
   */
  static boolean isLocked(SQLException fault) {
    String state = state(fault);
    return state.equals(LOCK_NOT_AVAILABLE)
        || (state.equals(CANCELED) && String.valueOf(fault.getMessage()).contains(LOCK_TIMEOUT));
  }

  /**
   * Whether a commit that ends so may or may not have happened: the connection is gone, or a
   * distributed database has lost a part of itself meanwhile and says that it does not know.
   */
  static boolean isOutcomeUnknown(SQLException fault) {
    String state = state(fault);
    return state.startsWith(CONNECTION)
        || state.equals(COMPLETION_UNKNOWN)
        || ENDED.contains(state);
  }

  private static String state(SQLException fault) {
    String state = fault.getSQLState();
    return state == null ? "" : state;
  }

  static RuntimeException lockedOut() {
    return new Failure.Overloaded(RETRY_AFTER).asException();
  }

  /** What failed first is what the caller must hear of. */
  static void rollBack(Session session, Throwable first) {
    try {
      session.rollback();
    } catch (SQLException e) {
      first.addSuppressed(e);
    }
  }
}
