package dev.vidame.directory.observation;

/**
 * How much there is to do for a few threads. Thread-safe: can be asked by any thread at any time.
 */
public interface PoolLoad {
  /** How much is being done. */
  int active();

  /** How much waits to be done. */
  int waiting();

  /** How much was turned away so far, because too much waited. */
  long refused();
}
