package dev.vidame.bulk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;

/**
 * Keeps other runs away from a plan. The system ends the lock with the process, however that ends;
 * the file stays, and says nothing.
 *
 * <p>It is a file of its own, because a process loses its lock on a file as soon as it closes any
 * other opening of that file.
 */
final class RunLock implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;

  private RunLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @throws BulkException when another run has it
   */
  static RunLock take(RunFiles files) {
    Path file = files.lock();
    try {
      FileChannel channel = PrivateFiles.openOrCreate(file);
      if (isTaken(channel)) {
        channel.close();
        throw BulkException.file(
            "Another run of " + files.plan() + " is under way, which has " + file + ".");
      }
      return new RunLock(file, channel);
    } catch (IOException e) {
      throw BulkException.unreadable(file, e);
    }
  }

  /** Runs while others are kept away. */
  RunResult run(Runner runner, Step.Steps steps, Runner.Opening opening) {
    return runner.run(steps, opening);
  }

  private static boolean isTaken(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() == null;
    } catch (OverlappingFileLockException e) {
      return true;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw BulkException.unreadable(file, e);
    }
  }
}
