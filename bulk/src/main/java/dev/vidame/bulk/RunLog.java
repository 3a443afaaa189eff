package dev.vidame.bulk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a run's journal holds, line by line; another process may be writing it. A last line
 * that is not whole is left out: whatever it was to say had not counted yet. Used by one thread.
 *
 * <p>Methods throw {@link BulkException} when there is no journal, when it is broken before its
 * last line, or when it is not of this plan.
 */
final class RunLog implements AutoCloseable {
  private final Path file;
  private final RunLine.Head expected;
  private final Lines lines;
  private long number;
  private long start;
  private long good;

  private RunLog(Path file, RunLine.Head expected, Lines lines) {
    this.file = file;
    this.expected = expected;
    this.lines = lines;
  }

  static RunLog open(Path file, RunLine.Head expected) {
    try {
      return new RunLog(file, expected, new Lines(Files.newInputStream(file)));
    } catch (NoSuchFileException e) {
      throw BulkException.file("There is no run " + file + ".");
    } catch (IOException e) {
      throw BulkException.unreadable(file, e);
    }
  }

  /** Takes what stands in a journal, in order. */
  interface Reader {
    /**
     * A line.
     *
     * @param offset where it begins
     */
    void line(long offset, RunLine line);
  }

  /**
   * Reads a journal to its end.
   *
   * @return where the last whole line ends
   */
  static long read(Path file, RunLine.Head expected, Reader reader) {
    try (RunLog log = open(file, expected)) {
      for (RunLine line = log.next(); line != null; line = log.next()) {
        reader.line(log.start, line);
      }
      return log.good;
    }
  }

  /** The next line, or null behind the last whole one. */
  @Nullable RunLine next() {
    try {
      byte @Nullable [] text = lines.next();
      if (text == null) {
        return null;
      }
      number++;
      start = lines.start();
      Optional<RunLine> line = lines.isComplete() ? RunLine.of(text) : Optional.empty();
      if (line.isEmpty()) {
        requireLast();
        return null;
      }
      require(line.get());
      good = lines.end();
      return line.get();
    } catch (IOException e) {
      throw BulkException.unreadable(file, e);
    }
  }

  private void requireLast() throws IOException {
    if (lines.next() != null) {
      throw BulkException.data(
          file
              + ":"
              + number
              + " is broken: the line was changed or damaged, so what stands behind it is not"
              + " believed either.");
    }
  }

  private void require(RunLine line) {
    boolean isHead = line instanceof RunLine.Head;
    if (isHead != (number == 1) || (isHead && !line.equals(expected))) {
      throw BulkException.data(file + ":" + number + " does not belong to this plan.");
    }
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw BulkException.unreadable(file, e);
    }
  }
}
