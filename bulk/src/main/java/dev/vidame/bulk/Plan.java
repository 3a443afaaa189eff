package dev.vidame.bulk;

import dev.vidame.wire.JsonBody;
import dev.vidame.wire.WireFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A plan that is whole: its digest was compared when it was opened. Immutable. */
public final class Plan {
  private final RunFiles files;
  private final PlanHeader header;
  private final PlanCounts counts;
  private final String digest;

  private Plan(RunFiles files, PlanHeader header, PlanCounts counts, String digest) {
    this.files = files;
    this.header = header;
    this.counts = counts;
    this.digest = digest;
  }

  /**
   * Opens a plan.
   *
   * @throws BulkException when there is none, or it is not as it was written
   */
  public static Plan open(RunFiles files) {
    Path file = files.plan();
    MessageDigest digest = Digests.sha256();
    try (Lines lines = new Lines(Files.newInputStream(file))) {
      byte[] first = lines.next();
      byte[] last = first;
      int count = first == null ? 0 : 1;
      for (byte[] next = lines.next(); next != null; next = lines.next()) {
        digest.update(Objects.requireNonNull(last));
        digest.update((byte) '\n');
        last = next;
        count = 2;
      }
      if (first == null || last == null || count < 2) {
        throw BulkException.data(file + " is no plan, or only the beginning of one.");
      }
      PlanHeader header = header(file, first);
      String hex = HexFormat.of().formatHex(digest.digest());
      JsonBody end = JsonBody.parse(last);
      if (!end.text("sha256").orElse("").equals(hex)) {
        throw changed(file);
      }
      return new Plan(files, header, PlanCounts.of(end), hex);
    } catch (NoSuchFileException e) {
      throw BulkException.file("There is no plan " + file + ".");
    } catch (IOException e) {
      throw BulkException.unreadable(file, e);
    } catch (WireFormatException | NoSuchElementException e) {
      throw changed(file);
    }
  }

  private static BulkException changed(Path file) {
    return BulkException.data(
        file
            + " is not as it was written: it was changed by hand or damaged, and is not applied. Change"
            + " the source and plan again.");
  }

  private static PlanHeader header(Path file, byte[] json) {
    JsonBody body = JsonBody.parse(json);
    if (!body.text("format").orElse("").equals(PlanHeader.FORMAT)) {
      throw BulkException.data(file + " is no plan.");
    }
    long version = body.number("version").orElse(0L);
    if (version != PlanHeader.VERSION) {
      throw BulkException.data(
          file + " is a plan of version " + version + ", which this program does not know.");
    }
    return PlanHeader.of(body);
  }

  /**
   * Refuses accounts that the plan was not made for.
   *
   * @throws BulkException when they are of another service or customer
   */
  void requireFor(BulkAccounts accounts) {
    if (!header.customer().equals(accounts.customer())) {
      throw BulkException.data(
          "The plan is for customer " + header.customer() + ", not " + accounts.customer() + ".");
    }
    if (!header.service().equals(accounts.service())) {
      throw BulkException.data(
          "The plan is for " + header.service() + ", not " + accounts.service() + ".");
    }
  }

  /** Its file and those beside it. */
  public RunFiles files() {
    return files;
  }

  /** What it is about. */
  public PlanHeader header() {
    return header;
  }

  /** How much there is in it. */
  public PlanCounts counts() {
    return counts;
  }

  /**
   * Its first changes, to be shown.
   *
   * @param most how many at most
   */
  public List<PlanRow> first(int most) {
    List<PlanRow> first = new ArrayList<>();
    try (Rows rows = rows()) {
      for (PlanRow row = rows.next(); row != null && first.size() < most; row = rows.next()) {
        first.add(row);
      }
    }
    return first;
  }

  /** What it is, to the byte. */
  String digest() {
    return digest;
  }

  /** The changes from the first one on. Whoever opens it closes it. */
  Rows rows() {
    try {
      return new Rows(files.plan());
    } catch (IOException e) {
      throw BulkException.unreadable(files.plan(), e);
    }
  }

  /** Changes one after the other. Used by one thread. */
  static final class Rows implements AutoCloseable {
    private final Path file;
    private final Lines lines;
    private byte @Nullable [] next;
    private long nextStart;
    private long start;

    private Rows(Path file) throws IOException {
      this.file = file;
      this.lines = new Lines(Files.newInputStream(file));
      lines.next();
      advance();
    }

    private void advance() throws IOException {
      next = lines.next();
      nextStart = lines.start();
    }

    /** The next change, or null behind the last one. */
    @Nullable PlanRow next() {
      byte[] json = next;
      if (json == null) {
        return null;
      }
      try {
        start = nextStart;
        advance();
        // The last line is no change.
        return next == null ? null : PlanRow.of(JsonBody.parse(json));
      } catch (IOException e) {
        throw BulkException.unreadable(file, e);
      }
    }

    /** Where the last change begins in the file. */
    long start() {
      return start;
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
}
