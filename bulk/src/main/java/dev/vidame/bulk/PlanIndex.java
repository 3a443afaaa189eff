package dev.vidame.bulk;

import dev.vidame.wire.JsonBody;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Finds a plan's rows by their numbers, in 16 bytes a row. Used by one thread. */
final class PlanIndex implements AutoCloseable {
  private final LongList rows = new LongList();
  private final LongList offsets = new LongList();
  private final LineFile file;

  PlanIndex(Plan plan) {
    try (Plan.Rows walk = plan.rows()) {
      for (PlanRow row = walk.next(); row != null; row = walk.next()) {
        rows.add(row.row());
        offsets.add(walk.start());
      }
    }
    file = new LineFile(plan.files().plan());
  }

  /** The row of this number. */
  PlanRow row(long number) {
    int place = rows.find(number);
    if (place < 0) {
      throw BulkException.data("The run names row " + number + ", which the plan does not have.");
    }
    return PlanRow.of(JsonBody.parse(file.line(offsets.get(place))));
  }

  @Override
  public void close() {
    file.close();
  }

  /** A file whose lines are read wherever they begin. Used by one thread. */
  static final class LineFile implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;

    LineFile(Path path) {
      this.path = path;
      try {
        channel = FileChannel.open(path, StandardOpenOption.READ);
      } catch (IOException e) {
        throw BulkException.unreadable(path, e);
      }
    }

    byte[] line(long offset) {
      try {
        channel.position(offset);
        byte @Nullable [] line = new Lines(Channels.newInputStream(channel), 1 << 10).next();
        if (line == null) {
          throw BulkException.data(path + " ends too early.");
        }
        return line;
      } catch (IOException e) {
        throw BulkException.unreadable(path, e);
      }
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw BulkException.unreadable(path, e);
      }
    }
  }
}
