package dev.vidame.directory.observation;

import org.jspecify.annotations.Nullable;

/**
 * Is told of each transaction, on the thread that asks for it and waits for its end. Thread-safe;
 * must be quick, and must not throw.
 */
@FunctionalInterface
public interface TransactionObserver {
  /** What a transaction does. */
  enum Kind {
    /** It reads. */
    READ,
    /** It changes something; its time includes what it waits for its turn and for the disk. */
    WRITE
  }

  /** Is told of the end. */
  @FunctionalInterface
  interface Ending {
    /**
     * The transaction has ended.
     *
     * @param problem why it did not come to pass; null where it did
     */
    void ended(@Nullable Throwable problem);
  }

  /** A transaction is asked for. */
  Ending began(Kind kind);
}
