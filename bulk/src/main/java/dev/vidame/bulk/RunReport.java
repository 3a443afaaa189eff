package dev.vidame.bulk;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells how a run ended, also while it is under way. Used by one thread. */
public final class RunReport {
  private final Plan plan;
  private final boolean isUndo;

  /**
   * Prepares.
   *
   * @param isUndo whether it is about undoing the plan instead of applying it
   */
  public RunReport(Plan plan, boolean isUndo) {
    this.plan = plan;
    this.isUndo = isUndo;
  }

  /**
   * A row that failed.
   *
   * @param file the source's name
   * @param row of the source, counted from 1, the header left out
   * @param line of the source
   * @param key the account
   * @param result how it failed
   * @param field what is to blame, or null
   * @param cause for people
   */
  public record Failure(
      String file,
      long row,
      long line,
      String key,
      Result result,
      @Nullable String field,
      String cause) {}

  private Path file() {
    return isUndo ? plan.files().undo() : plan.files().run();
  }

  private RunLine.Head head() {
    return isUndo ? new RunLine.Head(RunLine.Kind.UNDO, plan.digest()) : Applying.head(plan);
  }

  /**
   * Tells.
   *
   * @param each takes each row that failed, in the order in which they ended
   * @return how many rows ended how; of an undoing, the total counts the rows that the run changed
   * @throws BulkException when there is no such run, or its journal is broken
   */
  public RunResult read(Consumer<Failure> each) {
    Tally tally = new Tally();
    try (PlanIndex index = new PlanIndex(plan)) {
      RunLog.read(
          file(),
          head(),
          (offset, line) -> {
            if (line instanceof RunLine.Ended(Entry entry)) {
              tally.add(entry.result());
              if (entry.result().isFailure()) {
                each.accept(failure(index.row(entry.row()), entry));
              }
            }
          });
    }
    return new RunResult(total(), tally.counts(), null, "");
  }

  /**
   * The rows that failed, in the order in which they ended, read as they are wanted. The stream is
   * to be closed.
   *
   * @throws BulkException as {@link #read} does, also later
   */
  public Stream<Failure> failures() {
    RunLog log = RunLog.open(file(), head());
    PlanIndex index = new PlanIndex(plan);
    return Stream.iterate(log.next(), Objects::nonNull, line -> log.next())
        .filter(RunLine.Ended.class::isInstance)
        .map(line -> ((RunLine.Ended) line).entry())
        .filter(entry -> entry.result().isFailure())
        .map(entry -> failure(index.row(entry.row()), entry))
        .onClose(index::close)
        .onClose(log::close);
  }

  private long total() {
    if (!isUndo) {
      return plan.counts().total();
    }
    long[] count = new long[1];
    RunLog.read(
        plan.files().run(),
        Applying.head(plan),
        (offset, line) -> {
          if (line instanceof RunLine.Ended(Entry entry)
              && (entry.result().isChange() || entry.result() == Result.IN_DOUBT)) {
            count[0]++;
          }
        });
    return count[0];
  }

  private Failure failure(PlanRow row, Entry entry) {
    return new Failure(
        plan.header().source().name(),
        row.row(),
        row.line(),
        row.key(),
        entry.result(),
        entry.field(),
        entry.cause() == null ? "" : entry.cause());
  }

  /**
   * Writes the failed rows as the source has them, each with its cause, to be mended and planned
   * again. Only its owner can read the file, for it may hold passwords.
   *
   * @return how many there are
   * @throws BulkException when the source is not what it was, or the file is there already
   */
  public long writeFailedRows(Path target) {
    requireSource();
    FailedRows failed = new FailedRows();
    RunResult result = read(failed::add);
    try (FileChannel channel = PrivateFiles.create(target);
        Writer out = Channels.newWriter(channel, StandardCharsets.UTF_8)) {
      copy(failed, out);
      channel.force(true);
    } catch (FileAlreadyExistsException e) {
      throw BulkException.file(target + " is there already.");
    } catch (IOException e) {
      throw BulkException.unreadable(target, e);
    }
    return result.failed();
  }

  /**
   * The same rows in memory, for whoever hands them over and leaves no file of them.
   *
   * @throws BulkException when the source is not what it was
   */
  public byte[] failedRows() {
    requireSource();
    FailedRows failed = new FailedRows();
    var _ = read(failed::add);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Writer out = new OutputStreamWriter(bytes, StandardCharsets.UTF_8)) {
      copy(failed, out);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw BulkException.unreadable(plan.header().source().file(), e);
    }
  }

  private void requireSource() {
    Path file = plan.header().source().file();
    if (!Files.exists(file)
        || !Digests.sha256(file, plan.files().seal()).equals(plan.header().sourceDigest())) {
      throw BulkException.data(file + " is not what it was when it was planned.");
    }
  }

  private void copy(FailedRows failed, Writer out) throws IOException {
    SourceOptions source = plan.header().source();
    try (Reader text = new Utf8Text(plan.files().seal().open(source.file()), Digests.sha256());
        BufferedReader in = new BufferedReader(text)) {
      failed.write(source, in, out);
      out.flush();
    }
  }
}
