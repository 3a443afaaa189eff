package dev.vidame.bulk;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a source one after the other. Used by one thread. */
interface RawRows extends AutoCloseable {

  /** One place of a source. */
  sealed interface Place {
    /** A row. */
    record Row(RawRow row) implements Place {}

    /** Where something is broken. */
    record Broken(List<Problem> problems) implements Place {}
  }

  /** The next place, or null behind the last one. */
  @Nullable Place next() throws IOException;

  @Override
  void close() throws IOException;
}
