package dev.vidame.bulk;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rows of CSV. The first line names the columns. */
final class CsvRows implements RawRows {
  private static final String DELIMITERS = ",;\t|";

  /** How the library's messages name the line where a record begins. */
  private static final Pattern LINE = Pattern.compile("line (\\d{1,18})");

  private static final Pattern GUARDED = Pattern.compile("'+[=+\\-@\\t\\r]");

  private static final int LONGEST_HEADER = 1 << 16;

  private final SourceOptions options;
  private final CsvReader<CsvRecord> reader;
  private final CloseableIterator<CsvRecord> records;
  private final List<Problem> headerProblems = new ArrayList<>();
  private @Nullable List<Column> columns;
  private boolean isOver;
  private long number;

  CsvRows(SourceOptions options, Reader text) throws IOException {
    this.options = options;
    BufferedReader buffered = new BufferedReader(text, LONGEST_HEADER);
    Character delimiter = options.delimiter();
    reader =
        CsvReader.builder()
            .fieldSeparator(delimiter == null ? delimiter(buffered) : delimiter)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowUnclosedQuote(false)
            .ofCsvRecord(buffered);
    records = reader.iterator();
  }

  /** The one that the header has most of. */
  static char delimiter(BufferedReader text) throws IOException {
    text.mark(LONGEST_HEADER);
    int[] counts = new int[DELIMITERS.length()];
    boolean isQuoted = false;
    int c = text.read();
    for (int i = 0; c >= 0 && i < LONGEST_HEADER - 2 && (isQuoted || c != '\n'); i++) {
      isQuoted ^= c == '"';
      int index = DELIMITERS.indexOf(c);
      if (index >= 0 && !isQuoted) {
        counts[index]++;
      }
      c = text.read();
    }
    text.reset();
    int best = 0;
    for (int i = 1; i < counts.length; i++) {
      best = counts[i] > counts[best] ? i : best;
    }
    return DELIMITERS.charAt(best);
  }

  @Override
  public @Nullable Place next() throws IOException {
    if (isOver) {
      return null;
    }
    try {
      if (columns == null) {
        columns = header();
        if (!headerProblems.isEmpty()) {
          isOver = true;
          return new Place.Broken(headerProblems);
        }
      }
      if (!records.hasNext()) {
        isOver = true;
        return null;
      }
      return place(records.next(), columns);
    } catch (CsvParseException e) {
      isOver = true;
      return broken(e);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private Place broken(CsvParseException e) throws IOException {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
      if (cause instanceof IOException io) {
        throw io;
      }
    }
    Matcher place = LINE.matcher(String.valueOf(e.getMessage()));
    long line = place.find() ? Long.parseLong(place.group(1)) : number + 2;
    return one(
        line,
        null,
        "The line is broken, and nothing behind it was read: " + cause.getMessage() + ".");
  }

  private Place one(long line, @Nullable String field, String cause) {
    return new Place.Broken(List.of(new Problem(options.name(), line, null, field, cause)));
  }

  private List<Column> header() {
    List<Column> found = new ArrayList<>();
    CsvRecord header = records.hasNext() ? records.next() : null;
    if (header == null) {
      headerProblem(1, null, "The file is empty; its first line must name the columns.");
      return found;
    }
    Set<Column> seen = EnumSet.noneOf(Column.class);
    for (String title : header.getFields()) {
      Optional<Column> column = column(title);
      if (column.isEmpty()) {
        headerProblem(
            header.getStartingLineNumber(),
            title,
            "The column is not known; there are "
                + Column.titles()
                + ". A mapping names it"
                + " otherwise, or leaves it out.");
      } else if (!column.get().isLeftOut() && !seen.add(column.get())) {
        headerProblem(header.getStartingLineNumber(), title, "The column is there twice.");
      }
      found.add(column.orElse(Column.NOTHING));
    }
    return found;
  }

  private void headerProblem(long line, @Nullable String field, String cause) {
    headerProblems.add(new Problem(options.name(), line, null, field, cause));
  }

  private Optional<Column> column(String title) {
    return Columns.of(options.mapping(), title);
  }

  private Place place(CsvRecord found, List<Column> titles) {
    long line = found.getStartingLineNumber();
    number++;
    List<String> cells = found.getFields();
    if (cells.size() != titles.size()) {
      return one(
          line,
          null,
          "The line is broken: it has "
              + cells.size()
              + " cells, and the header "
              + titles.size()
              + ".");
    }
    RawRow row = new RawRow(number, line);
    for (int i = 0; i < cells.size(); i++) {
      Column column = titles.get(i);
      if (!column.isLeftOut()) {
        put(row.cells(), column, cells.get(i));
      }
    }
    return new Place.Row(row);
  }

  /**
   * Blanks around a value are no part of it, nor is what guards it from spreadsheets
   * (docs/decisions/0066); except in a password, which no list of ours holds.
   */
  private static void put(Map<Column, String> cells, Column column, String cell) {
    String value = column == Column.PASSWORD ? cell : withoutGuard(cell).strip();
    if (!value.isEmpty()) {
      cells.put(column, value);
    }
  }

  private static String withoutGuard(String cell) {
    return GUARDED.matcher(cell).lookingAt() ? cell.substring(1) : cell;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
