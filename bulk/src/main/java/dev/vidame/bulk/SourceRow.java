package dev.vidame.bulk;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A good row of a source. Its text form shows no password.
 *
 * @param number counted from 1, the header left out
 * @param line where it begins
 * @param operation what it asks for
 * @param key its account, which for a new one is the name that it gets
 * @param fields what it sets; the empty text clears
 * @param password what was given, or null
 * @param forcesChange whether the owner must change the password, or null where nobody says
 */
record SourceRow(
    long number,
    long line,
    Operation operation,
    AccountKey key,
    Map<Field, String> fields,
    @Nullable String password,
    @Nullable Boolean forcesChange) {

  /** A row as it was read. */
  sealed interface Item {
    /** A good one. */
    record Good(SourceRow row) implements Item {}

    /** One with faults, or a place where reading ends. */
    record Bad(List<Problem> problems) implements Item {}
  }

  @Override
  public String toString() {
    return "SourceRow[" + line + ", " + operation + ", " + key + "]";
  }
}
