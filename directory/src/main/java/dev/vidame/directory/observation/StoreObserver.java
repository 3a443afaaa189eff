package dev.vidame.directory.observation;

/**
 * Is told what a store does with changes. Thread-safe: called by callers of the store and by the
 * store's own threads, which wait meanwhile, so it must be quick, and must not throw.
 *
 * <p>A store that commits on several threads tells of each batch by itself.
 */
public interface StoreObserver {
  /** What waits to be committed. Can be asked by any thread at any time. */
  interface Queue {
    /** How many changes wait. */
    int waiting();

    /** How many may wait; further ones are refused. */
    int capacity();
  }

  /** A batch of changes on its way to the disk. */
  interface Batch {
    /** All of it is on disk. */
    void committed();

    /** Nothing of it is on disk, as far as the store knows. */
    void failed();
  }

  /** The store takes changes from now on; told once, whatever threads it has. */
  void opened(Queue queue);

  /**
   * A commit of so many changes begins.
   *
   * @return is told how it ends, by the thread that began it
   */
  Batch began(int changes);

  /** A change was turned away, because too many wait. */
  void refused();

  /**
   * Committed changes were taken from a log into the store's file.
   *
   * @param heldCommits whether commits had to wait for it
   * @param nanos how long it took, in nanoseconds
   */
  void checkpointed(boolean heldCommits, long nanos);

  /** The store takes no more changes, because it was closed or its thread has come to an end. */
  void closed();

  /** Nobody who wants to know. */
  static StoreObserver none() {
    return NoStoreObserver.NOBODY;
  }

  /** This one and another, which is told afterwards. */
  default StoreObserver and(StoreObserver other) {
    return new TwoStoreObservers(this, other);
  }
}
