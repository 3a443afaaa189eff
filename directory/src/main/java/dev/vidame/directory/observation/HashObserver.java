package dev.vidame.directory.observation;

/**
 * Is told how passwords are hashed. Thread-safe: called by the threads that hash, so it must be
 * quick, and must not throw.
 */
public interface HashObserver {
  /**
   * Passwords are hashed from now on.
   *
   * @param load of the threads that do it, in passwords
   */
  void opened(PoolLoad load);

  /**
   * A password was hashed.
   *
   * @param nanos how long that took once it was its turn, in nanoseconds
   */
  void hashed(long nanos);

  /** Nobody who wants to know. */
  static HashObserver none() {
    return NoHashObserver.NOBODY;
  }
}
