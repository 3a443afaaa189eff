package dev.vidame.testkit;

import java.nio.file.Path;

/**
 * A state of a server's store and clock, to return to with {@link Vidame#restore}. Immutable; good
 * as long as the server it was taken of runs.
 */
public final class Snapshot {
  private final Vidame owner;
  private final Path file;
  private final MovableClock.State clock;
  private final long ids;

  Snapshot(Vidame owner, Path file, MovableClock.State clock, long ids) {
    this.owner = owner;
    this.file = file;
    this.clock = clock;
    this.ids = ids;
  }

  boolean isOf(Vidame vidame) {
    return owner == vidame;
  }

  Path file() {
    return file;
  }

  MovableClock.State clock() {
    return clock;
  }

  long ids() {
    return ids;
  }
}
