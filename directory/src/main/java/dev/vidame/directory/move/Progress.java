package dev.vidame.directory.move;

/** Is told how far a long work has come. */
@FunctionalInterface
public interface Progress {
  /** Nobody looks. */
  Progress NONE = (step, done, total) -> {};

  /**
   * A part of a step is done.
   *
   * @param step what is being done
   * @param done how much of it
   * @param total how much there is; an estimate
   */
  void at(String step, long done, long total);
}
