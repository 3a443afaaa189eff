package dev.vidame.bulk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads what a run's journal holds; another process may be writing it. */
final class RunLog {
  private RunLog() {}

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
   * Reads a journal. A last line that is not whole is left out: whatever it was to say had not
   * counted yet.
   *
   * @return where the last whole line ends
   * @throws BulkException when there is no journal, when it is broken before its last line, or when
   *     it is not of this plan
   */
  static long read(Path file, RunLine.Head expected, Reader reader) {
    long good = 0;
    long number = 0;
    long broken = 0;
    try (Lines lines = new Lines(Files.newInputStream(file))) {
      for (byte[] next = lines.next(); next != null; next = lines.next()) {
        number++;
        Optional<RunLine> line = lines.isComplete() ? RunLine.of(next) : Optional.empty();
        if (broken > 0) {
          throw BulkException.data(
              file + ":" + broken + " is broken: the line was changed or damaged. What the lines"
                  + " behind it say is not believed; vidame bulk report cannot be made of it.");
        }
        if (line.isEmpty()) {
          broken = number;
          continue;
        }
        require(file, number, line.get(), expected);
        reader.line(lines.start(), line.get());
        good = lines.end();
      }
      return good;
    } catch (NoSuchFileException e) {
      throw BulkException.file("There is no run " + file + ".");
    } catch (IOException e) {
      throw BulkException.unreadable(file, e);
    }
  }

  private static void require(Path file, long number, RunLine line, RunLine.Head expected) {
    boolean isHead = line instanceof RunLine.Head;
    if (isHead != (number == 1) || (isHead && !line.equals(expected))) {
      throw BulkException.data(file + ":" + number + " does not belong to this plan.");
    }
  }
}
