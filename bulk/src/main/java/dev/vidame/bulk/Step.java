package dev.vidame.bulk;

import java.util.Map;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** What a run does for a row. */
sealed interface Step {
  /** The source's row. */
  long row();

  /**
   * Sends a change.
   *
   * @param row the source's
   * @param change what is sent
   * @param before what the account must still be where no version guards it
   * @param wasDeleted whether it must be deleted then
   * @param rest what cannot be done of this row, or null
   */
  record Send(
      long row, Change change, Map<Field, String> before, boolean wasDeleted, @Nullable Rest rest)
      implements Step {}

  /**
   * What is left undone of a row that is done otherwise.
   *
   * @param field of the account
   * @param cause why
   */
  record Rest(@Nullable String field, String cause) {}

  /**
   * Sends nothing.
   *
   * @param entry what is said of the row
   */
  record Nothing(Entry entry) implements Step {
    @Override
    public long row() {
      return entry.row();
    }
  }

  /**
   * Has nothing to do, because the row has ended before.
   *
   * @param row the source's
   */
  record Past(long row) implements Step {}

  /** Steps one after the other, the same ones each time. Used by one thread. */
  interface Steps extends AutoCloseable {
    /**
     * The next one, or null behind the last one.
     *
     * @param hasEnded of which rows nothing but their number is wanted
     */
    @Nullable Step next(LongPredicate hasEnded);

    /** How many there are. */
    long total();

    @Override
    void close();
  }
}
