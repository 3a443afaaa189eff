package dev.vidame.cli.audit;

import dev.vidame.directory.journal.ChainCheck;
import dev.vidame.directory.journal.ChangeRows;
import dev.vidame.directory.journal.SealedEntry;
import dev.vidame.wire.Change;
import dev.vidame.wire.Change.Integrity;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.WireFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks an exported journal line by line, in constant memory, with the journal's own {@link
 * ChainCheck}. Not thread-safe.
 *
 * <p>A line must also be, byte by byte, what an export writes of the change that it tells, so that
 * nothing in the file can differ from what was exported: neither a blank nor the case of a letter.
 */
final class ExportCheck {
  /** No row is as long: the fields of a request of 256 KiB, each twice and escaped, are shorter. */
  private static final int MOST_BYTES = 16 << 20;

  private final InputStream in;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long lineNumber;
  private long erased;
  private @Nullable ChainCheck chain;
  private @Nullable CustomerId customer;
  private long firstSeq;

  ExportCheck(InputStream in) {
    this.in = in;
  }

  /**
   * What came of it.
   *
   * @param rows how many rows were good
   * @param firstSeq the first one's place in the journal; 0 where there was none
   * @param lastSeq the last one's
   * @param lastHash the last one's hash, in hexadecimal digits
   * @param erased how many of them had been erased, whose fields nobody can check
   * @param fault what is wrong with the next row; null where all are good
   */
  record Result(
      long rows,
      long firstSeq,
      long lastSeq,
      String lastHash,
      long erased,
      @Nullable String fault) {
    boolean isIntact() {
      return fault == null;
    }
  }

  /** Checks up to the first bad row, or to the end. */
  Result run() throws IOException {
    while (true) {
      line.reset();
      int end = readLine();
      if (end < 0 && line.size() == 0) {
        return result(null);
      }
      lineNumber++;
      String fault = line.size() > MOST_BYTES ? "it is too long" : fault(line.toByteArray(), end);
      if (fault != null) {
        return result(fault);
      }
    }
  }

  /** Reads to the end of a line, and tells the byte that ended it; -1 at the end of the file. */
  private int readLine() throws IOException {
    int next = in.read();
    while (next >= 0 && next != '\n' && line.size() <= MOST_BYTES) {
      line.write(next);
      next = in.read();
    }
    return next;
  }

  private @Nullable String fault(byte[] json, int end) {
    Change change;
    try {
      change = Change.fromJson(json);
    } catch (WireFormatException e) {
      return end < 0
          ? "it is torn: the file ends in the middle of it"
          : "it is no exported change: " + e.getMessage();
    }
    Optional<String> fault = fault(json, change);
    return fault.map(text -> "row " + change.seq() + ": " + text).orElse(null);
  }

  private Optional<String> fault(byte[] json, Change change) {
    if (!Arrays.equals(json, change.toJson())) {
      return Optional.of("the line is not as an export writes it");
    }
    Optional<SealedEntry> row = ChangeRows.sealed(change);
    if (row.isEmpty()) {
      return Optional.of("this version does not know what " + change.operation() + " is");
    }
    ChainCheck check = begun(change);
    Optional<String> misplaced = misplaced(change, check);
    if (misplaced.isPresent()) {
      return misplaced;
    }
    Optional<String> fault = check.next(row.get());
    if (fault.isEmpty() && change.isErased()) {
      erased++;
    }
    return fault;
  }

  private ChainCheck begun(Change change) {
    ChainCheck check = chain;
    if (check == null) {
      firstSeq = change.seq();
      customer = change.customer();
      check =
          firstSeq == 1
              ? ChainCheck.fromStart()
              : ChainCheck.behind(firstSeq - 1, Integrity.bytes(change.integrity().previousHash()));
      chain = check;
    }
    return check;
  }

  private Optional<String> misplaced(Change change, ChainCheck check) {
    if (!change.customer().equals(customer)) {
      return Optional.of("it is of another customer");
    }
    long expected = check.seq() + 1;
    if (change.seq() > expected) {
      return Optional.of("row " + expected + " is missing before it");
    }
    if (change.seq() < expected) {
      return Optional.of("it stands behind row " + check.seq() + ", where it does not belong");
    }
    return change.integrity().previousHash().equals(Integrity.digits(check.hash()))
        ? Optional.empty()
        : Optional.of("it does not follow the row before it");
  }

  private Result result(@Nullable String fault) {
    ChainCheck check = chain;
    boolean isEmpty = check == null || check.seq() < firstSeq;
    return new Result(
        check == null ? 0 : check.seq() - firstSeq + 1,
        isEmpty ? 0 : firstSeq,
        check == null || isEmpty ? 0 : check.seq(),
        check == null || isEmpty ? "" : Integrity.digits(check.hash()),
        erased,
        fault == null ? null : "Line " + lineNumber + ": " + fault);
  }
}
