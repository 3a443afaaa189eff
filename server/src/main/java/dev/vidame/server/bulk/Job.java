package dev.vidame.server.bulk;

import org.jspecify.annotations.Nullable;

/** A task that is under way, or waits to be. Thread-safe. */
final class Job {
  private final Task task;
  private volatile Progress progress = new Progress(true, 0, 0);
  private @Nullable Runnable stopping;
  private boolean isStopped;

  Job(Task task) {
    this.task = task;
  }

  Task task() {
    return task;
  }

  Progress progress() {
    return progress;
  }

  void at(long done, long total) {
    progress = new Progress(false, done, total);
  }

  /**
   * Begins.
   *
   * @param stop how it is stopped from now on
   * @return whether it may; not where it was stopped before
   */
  synchronized boolean begin(Runnable stop) {
    if (!isStopped) {
      stopping = stop;
      at(0, 0);
    }
    return !isStopped;
  }

  /** Ends soon; what is under way ends first. */
  synchronized void stop() {
    isStopped = true;
    if (stopping != null) {
      stopping.run();
    }
  }
}
