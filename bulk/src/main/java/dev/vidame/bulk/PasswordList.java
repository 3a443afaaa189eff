package dev.vidame.bulk;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.vidame.wire.UserId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Writes down the passwords that a plan's accounts were given, once. Used by one thread. */
public final class PasswordList {
  private final Plan plan;

  /** Prepares. */
  public PasswordList(Plan plan) {
    this.plan = plan;
  }

  /** Whether the plan has passwords to write, which were not written yet. */
  public boolean isWanted() {
    return Files.exists(plan.files().seed());
  }

  /**
   * Refuses a place that is taken, before anything is changed.
   *
   * @throws BulkException when there is a file already
   */
  public static void requireFree(Path target) {
    if (Files.exists(target)) {
      throw BulkException.file(target + " is there already; passwords are written to a new file.");
    }
  }

  /**
   * Writes the generated passwords of all rows that ended well to a file that only its owner can
   * read, and then forgets what they are made of.
   *
   * @return how many there are
   * @throws BulkException when the file is there already, or cannot be written
   */
  public long write(Path target) {
    requireFree(target);
    Path part = Path.of(target + ".part");
    try {
      long count = 0;
      try (FileChannel channel = PrivateFiles.createAnew(part);
          Writer out = Channels.newWriter(channel, StandardCharsets.UTF_8)) {
        count = writeAll(out);
        out.flush();
        channel.force(true);
      }
      requireFree(target);
      PrivateFiles.publish(part, target);
      Files.deleteIfExists(plan.files().seed());
      return count;
    } catch (IOException e) {
      throw BulkException.unreadable(target, e);
    }
  }

  /**
   * The same list in memory, for whoever hands it over and leaves no file of it; what the passwords
   * are made of is forgotten likewise.
   *
   * @throws BulkException when it cannot be made
   */
  public byte[] take() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Writer out = new OutputStreamWriter(bytes, StandardCharsets.UTF_8)) {
      var _ = writeAll(out);
      out.flush();
      Files.deleteIfExists(plan.files().seed());
      return bytes.toByteArray();
    } catch (IOException e) {
      throw BulkException.unreadable(plan.files().seed(), e);
    }
  }

  private long writeAll(Writer out) throws IOException {
    BitSet changed = new BitSet();
    Map<Long, UserId> made = new HashMap<>();
    RunLog.read(
        plan.files().run(),
        Applying.head(plan),
        (offset, line) -> {
          if (line instanceof RunLine.Ended(Entry entry) && entry.result().isChange()) {
            changed.set((int) entry.row());
            if (entry.id() != null) {
              made.put(entry.row(), entry.id());
            }
          }
        });
    return write(out, changed, made);
  }

  private long write(Writer out, BitSet changed, Map<Long, UserId> made) throws IOException {
    PasswordSeed seed = PasswordSeed.read(plan.files());
    long count = 0;
    CsvWriter csv = CsvWriter.builder().build(out);
    csv.writeRecord("line", "id", "userPrincipalName", "password");
    try (Plan.Rows rows = plan.rows()) {
      for (PlanRow row = rows.next(); row != null; row = rows.next()) {
        if (row.password().source() == PlanRow.Password.Source.GENERATED
            && changed.get((int) row.row())) {
          UserId id = row.id() == null ? made.get(row.row()) : row.id();
          csv.writeRecord(
              Long.toString(row.line()), String.valueOf(id), row.key(), seed.password(row));
          count++;
        }
      }
    }
    csv.flush();
    return count;
  }
}
