package dev.vidame.cli.output;

import java.util.regex.Pattern;

/**
 * One cell of a CSV file, as RFC 4180 has it. A cell that a spreadsheet would compute instead of
 * showing it gets an apostrophe in front, which spreadsheets take for "this is text"; {@link
 * #withoutGuard} takes it away again, so that every text comes back as it was
 * (docs/decisions/0066).
 */
public final class CsvCell {
  /** What begins a formula, perhaps behind apostrophes that were there before. */
  private static final Pattern FORMULA = Pattern.compile("(?s)'*[=+\\-@\\t\\r].*");

  private static final Pattern GUARDED = Pattern.compile("(?s)'+[=+\\-@\\t\\r].*");
  private static final Pattern QUOTED = Pattern.compile("(?s).*[\",\\r\\n].*|\\s.*|.*\\s");

  private CsvCell() {}

  /** The text as it stands in the file. */
  public static String of(String text) {
    String guarded = FORMULA.matcher(text).matches() ? "'" + text : text;
    return QUOTED.matcher(guarded).matches()
        ? "\"" + guarded.replace("\"", "\"\"") + "\""
        : guarded;
  }

  /**
   * The text that {@link #of} wrote, without its guard.
   *
   * @param cell the cell's value, its quotes already read
   */
  public static String withoutGuard(String cell) {
    return GUARDED.matcher(cell).matches() ? cell.substring(1) : cell;
  }
}
