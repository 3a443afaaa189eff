package dev.vidame.directory.observation;

import org.jspecify.annotations.Nullable;

/**
 * Who watches a directory.
 *
 * @param store is told what the store does with changes
 * @param hashing is told how passwords are hashed
 * @param transactions is told of each transaction; null for nobody, which costs nothing
 */
public record Observers(
    StoreObserver store, HashObserver hashing, @Nullable TransactionObserver transactions) {
  /** Nobody. */
  public static Observers none() {
    return new Observers(StoreObserver.none(), HashObserver.none(), null);
  }
}
