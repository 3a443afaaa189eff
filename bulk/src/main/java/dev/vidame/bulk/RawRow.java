package dev.vidame.bulk;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of a source as it stands there.
 *
 * @param number counted from 1, the header left out
 * @param line where it begins
 * @param cells what is in it; an empty one is not there
 */
record RawRow(long number, long line, Map<Column, String> cells) {

  RawRow(long number, long line) {
    this(number, line, new EnumMap<>(Column.class));
  }

  @Nullable String cell(Column column) {
    return cells.get(column);
  }

  /** May hold passwords. */
  @Override
  public String toString() {
    return "RawRow[" + line + "]";
  }
}
