package dev.vidame.directory.observation;

/**
 * Is told how passwords are hashed. Thread-safe: called by the threads that hash, so it must be
 * quick, and must not throw.
 */
public interface HashObserver {
  /** The threads that hash. Can be asked by any thread at any time. */
  interface Pool {
    /** How many passwords are being hashed. */
    int active();

    /** How many wait to be hashed. */
    int waiting();
  }

  /** Passwords are hashed from now on. */
  void opened(Pool pool);

  /**
   * A password was hashed.
   *
   * @param nanos how long that took once it was its turn, in nanoseconds
   */
  void hashed(long nanos);

  /** A password was turned away, because too many wait. */
  void refused();

  /** Nobody who wants to know. */
  static HashObserver none() {
    return NoHashObserver.NOBODY;
  }
}
