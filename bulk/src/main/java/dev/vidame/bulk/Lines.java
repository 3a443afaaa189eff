package dev.vidame.bulk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The lines of a file as bytes, with the offset of each. Used by one thread. */
final class Lines implements AutoCloseable {
  private static final int LONGEST = 1 << 20;

  private final InputStream in;
  private final byte[] chunk;
  private int position;
  private int end;
  private long consumed;
  private long start;
  private boolean isComplete;

  Lines(InputStream in) {
    this(in, 1 << 16);
  }

  /**
   * Reads.
   *
   * @param chunk how many bytes at once
   */
  Lines(InputStream in, int chunk) {
    this.in = in;
    this.chunk = new byte[chunk];
  }

  /** The next line without its end, or null behind the last one. */
  byte @Nullable [] next() throws IOException {
    start = consumed;
    isComplete = false;
    ByteArrayOutputStream line = null;
    while (true) {
      if (position == end && !fill()) {
        return line == null ? null : line.toByteArray();
      }
      int from = position;
      while (position < end && chunk[position] != '\n') {
        position++;
      }
      int length = position - from;
      consumed += length;
      if (position < end) {
        position++;
        consumed++;
        isComplete = true;
        if (line == null) {
          return Arrays.copyOfRange(chunk, from, from + length);
        }
        line.write(chunk, from, length);
        return line.toByteArray();
      }
      line = line == null ? new ByteArrayOutputStream() : line;
      line.write(chunk, from, length);
      if (line.size() > LONGEST) {
        throw new IOException("A line is longer than " + LONGEST + " bytes");
      }
    }
  }

  private boolean fill() throws IOException {
    int count = in.read(chunk, 0, chunk.length);
    position = 0;
    end = Math.max(count, 0);
    return count > 0;
  }

  /** Where the last line began. */
  long start() {
    return start;
  }

  /** Where the last line ended, its end counted. */
  long end() {
    return consumed;
  }

  /** Whether the last line had its end. */
  boolean isComplete() {
    return isComplete;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
