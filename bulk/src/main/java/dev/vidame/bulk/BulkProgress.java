package dev.vidame.bulk;

/** Is told how far a run is. Called by one thread at a time. */
@FunctionalInterface
public interface BulkProgress {

  /**
   * So far.
   *
   * @param step what is done, for people
   * @param done how many rows
   * @param total how many there are
   */
  void at(String step, long done, long total);
}
