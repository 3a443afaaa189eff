package dev.vidame.bulk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps how each row of a run ended. Thread-safe but for opening and closing.
 *
 * <p>One thread writes what all others hand in, syncs it to disk, and only then tells the listener,
 * some hundred rows at a time. Who opens it has the plan's {@link RunLock}.
 */
final class RunJournal implements AutoCloseable {
  /*
   * Before rows are sent, the journal says up to which one they may be, a few thousand ahead. After
   * a crash this tells the rows that may have been sent from those that were surely not: an
   * account that was changed although its row was never sent was changed by somebody else.
   */
  static final int AHEAD = 4096;

  private static final int WAITING = 8192;
  private static final long LINGER_MILLIS = 20;
  private static final int MAX_ROWS = Integer.MAX_VALUE;

  private final Path file;
  private final FileChannel channel;
  private final BitSet ended = new BitSet();
  private final Consumer<Entry> listener;
  private final BlockingQueue<Job> jobs = new ArrayBlockingQueue<>(WAITING);
  private final Thread writer;
  private long sentBefore;
  private long announced;
  private long promised;
  private volatile long durable;
  private volatile @Nullable IOException failure;

  /** What the writer does next. */
  private sealed interface Job {
    record Write(RunLine line) implements Job {}

    record Stop() implements Job {}
  }

  private RunJournal(Path file, FileChannel channel, Consumer<Entry> listener) {
    this.file = file;
    this.channel = channel;
    this.listener = listener;
    this.writer = Thread.ofPlatform().name("bulk-journal").unstarted(this::write);
  }

  /**
   * Begins a journal.
   *
   * @param listener is told of each row that has ended, once that is on disk; by one thread
   * @throws BulkException when there is one already
   */
  static RunJournal begin(Path file, RunLine.Head head, Consumer<Entry> listener) {
    try {
      FileChannel channel = PrivateFiles.create(file);
      RunJournal journal = new RunJournal(file, channel, listener);
      journal.put(List.of(head.toBytes()));
      journal.writer.start();
      return journal;
    } catch (FileAlreadyExistsException e) {
      throw BulkException.file(
          file
              + " is there: this plan was applied before, whole or in part. Go on with vidame bulk"
              + " resume, or see vidame bulk report.");
    } catch (IOException e) {
      throw BulkException.unreadable(file, e);
    }
  }

  /**
   * Goes on with a journal.
   *
   * @throws BulkException when there is none, or it is broken
   */
  static RunJournal resume(Path file, RunLine.Head head, Consumer<Entry> listener) {
    if (!Files.exists(file)) {
      throw BulkException.file("There is no run " + file + " to go on with.");
    }
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
      RunJournal journal = new RunJournal(file, channel, listener);
      long end = RunLog.read(file, head, (offset, line) -> journal.recall(line));
      channel.truncate(end);
      channel.position(end);
      journal.sentBefore = journal.announced;
      journal.promised = journal.announced;
      journal.durable = journal.announced;
      if (end == 0) {
        journal.put(List.of(head.toBytes()));
      }
      journal.writer.start();
      return journal;
    } catch (IOException e) {
      throw BulkException.unreadable(file, e);
    }
  }

  private void recall(RunLine line) {
    switch (line) {
      case RunLine.Head _ -> {}
      case RunLine.UpTo(long ordinal) -> announced = Math.max(announced, ordinal);
      case RunLine.Ended(Entry entry) -> {
        ended.set(index(entry.row()));
        listener.accept(entry);
      }
    }
  }

  private static int index(long row) {
    if (row < 0 || row > MAX_ROWS) {
      throw BulkException.data("There are more rows than a run can have.");
    }
    return (int) row;
  }

  /** Whether a row had ended when the journal was opened. */
  boolean hasEnded(long row) {
    return ended.get(index(row));
  }

  /** Whether a row may have been sent before the journal was opened. */
  boolean mayHaveBeenSent(long ordinal) {
    return ordinal <= sentBefore;
  }

  /** Waits until it is on disk that rows up to this one may be sent. Called by one thread. */
  void announce(long ordinal) {
    if (ordinal + AHEAD / 2 > promised) {
      promised = ordinal + AHEAD;
      hand(new RunLine.UpTo(promised));
    }
    while (ordinal > durable && failure == null) {
      synchronized (this) {
        try {
          if (ordinal > durable && failure == null) {
            wait();
          }
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  /** Takes how a row ended. It counts once the listener hears of it. */
  void end(Entry entry) {
    hand(new RunLine.Ended(entry));
  }

  private void hand(RunLine line) {
    try {
      while (failure == null && !jobs.offer(new Job.Write(line), 100, TimeUnit.MILLISECONDS)) {
        // The writer is slower than the service for a moment, or has failed.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Why nothing can be written any more, or null. */
  @Nullable IOException failure() {
    return failure;
  }

  private void write() {
    List<RunLine> group = new ArrayList<>();
    boolean isOpen = true;
    try {
      while (isOpen) {
        group.clear();
        isOpen = take(group);
        put(group.stream().map(RunLine::toBytes).toList());
        group.forEach(this::tell);
      }
    } catch (IOException e) {
      synchronized (this) {
        failure = e;
        notifyAll();
      }
    }
  }

  /** Waits for the first line, and a moment longer so that one sync serves many. */
  private boolean take(List<RunLine> group) {
    try {
      long end = 0;
      Job job = jobs.take();
      while (job != null) {
        switch (job) {
          case Job.Stop _ -> {
            return false;
          }
          case Job.Write(RunLine line) -> group.add(line);
        }
        end = end == 0 ? System.nanoTime() + LINGER_MILLIS * 1_000_000 : end;
        job =
            group.getLast() instanceof RunLine.UpTo || group.size() >= WAITING
                ? null
                : jobs.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      }
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private void put(List<byte[]> lines) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] line : lines) {
      bytes.write(line);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes.toByteArray());
    while (buffer.hasRemaining()) {
      var _ = channel.write(buffer);
    }
    channel.force(false);
  }

  private void tell(RunLine line) {
    switch (line) {
      case RunLine.Head _ -> {}
      case RunLine.UpTo(long ordinal) -> {
        synchronized (this) {
          durable = ordinal;
          notifyAll();
        }
      }
      case RunLine.Ended(Entry entry) -> listener.accept(entry);
    }
  }

  /** Writes what was handed in and lets others have the file. */
  @Override
  public void close() {
    try {
      while (writer.isAlive() && !jobs.offer(new Job.Stop(), 100, TimeUnit.MILLISECONDS)) {
        // As above.
      }
      writer.join();
      channel.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw BulkException.unreadable(file, e);
    }
  }
}
