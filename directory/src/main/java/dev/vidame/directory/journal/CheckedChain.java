package dev.vidame.directory.journal;

import dev.vidame.directory.storage.Session;
import dev.vidame.wire.CustomerId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A customer's journal as far as its chain has been checked, from its first row on. A journal of
 * any length is checked part by part, so that nothing is held for long. Immutable.
 *
 * @param rows how many rows are good, which is the number of the last one
 * @param head the hash of the last one, which covers all of them; 32 bytes of zero before the first
 * @param firstAt when the first change was made; null where there is none
 * @param lastAt when the last one was made that is good; null where there is none
 * @param erased how many rows were erased on request, of which all else was checked
 * @param fault what is wrong with the next row; null where nothing is, as far as it was checked
 * @param isWhole whether there was no further row
 */
@SuppressWarnings({
  "ArrayRecordComponent", // never compared as a whole
  "TooManyParameters" // all that a check comes to
})
public record CheckedChain(
    long rows,
    byte[] head,
    @Nullable Instant firstAt,
    @Nullable Instant lastAt,
    long erased,
    @Nullable ChainFault fault,
    boolean isWhole) {

  /** Nothing is checked yet. */
  public static CheckedChain start() {
    return new CheckedChain(0, Chain.start(), null, null, 0, null, false);
  }

  /** Whether there is nothing left to be checked. */
  public boolean isDone() {
    return isWhole || fault != null;
  }

  /**
   * The same with some rows more. A single statement.
   *
   * @param most how many rows are looked at
   */
  public CheckedChain further(Session session, CustomerId customer, int most) throws SQLException {
    if (isDone()) {
      return this;
    }
    Journal.ReadableRows found = Journal.readableRows(session, customer, rows, most);
    ChainCheck check = ChainCheck.behind(rows, head);
    Instant first = firstAt;
    Instant last = lastAt;
    long gone = erased;
    for (SealedEntry row : found.rows()) {
      Optional<ChainFault> wrong = check.faultOf(row);
      if (wrong.isPresent()) {
        return new CheckedChain(check.seq(), check.hash(), first, last, gone, wrong.get(), false);
      }
      var _ = check.next(row);
      first = first == null ? row.entry().at() : first;
      last = row.entry().at();
      gone += row.isErased() ? 1 : 0;
    }
    ChainFault unreadable = found.isEndReadable() ? null : ChainFault.UNREADABLE;
    boolean isEnd = unreadable == null && found.rows().size() < most;
    return new CheckedChain(check.seq(), check.hash(), first, last, gone, unreadable, isEnd);
  }

  /** Says how far it came. */
  @Override
  public String toString() {
    return "CheckedChain[" + rows + " " + (fault == null ? "" : fault) + "]";
  }
}
