package dev.vidame.cli.output;

/**
 * Writes things one after the other, as they come. Used by one thread.
 *
 * @param <T> the things
 */
interface Rows<T> {
  /** One more. It may be kept until the next {@link #pause}. */
  void add(T thing);

  /** Nothing comes for a while: what was kept is written. */
  void pause();

  /** Nothing comes any more. */
  void end();
}
