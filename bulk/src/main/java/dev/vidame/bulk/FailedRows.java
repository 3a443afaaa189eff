package dev.vidame.bulk;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.writer.CsvWriter;
import dev.vidame.wire.JsonBody;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Copies the lines of a source that failed, each with its cause. Used by one thread. */
final class FailedRows {
  private static final String COMMENT = "/*";
  private static final String COMMENT_END = "*/";

  private final Map<Long, String> causes = new HashMap<>();

  void add(RunReport.Failure failure) {
    causes.put(
        failure.line(),
        failure.field() == null ? failure.cause() : failure.field() + ": " + failure.cause());
  }

  void write(SourceOptions source, BufferedReader in, Writer out) throws IOException {
    if (source.isJsonLines()) {
      writeJson(in, out);
    } else {
      writeCsv(source, in, out);
    }
  }

  private void writeCsv(SourceOptions source, BufferedReader in, Writer out) throws IOException {
    Character wanted = source.delimiter();
    char delimiter = wanted == null ? CsvRows.delimiter(in) : wanted;
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .fieldSeparator(delimiter)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(in)) {
      CsvWriter writer = CsvWriter.builder().fieldSeparator(delimiter).build(out);
      boolean isHeader = true;
      for (CsvRecord found : reader) {
        String cause = isHeader ? Column.CAUSE.title() : causes.get(found.getStartingLineNumber());
        isHeader = false;
        if (cause != null) {
          List<String> cells = new ArrayList<>(found.getFields());
          cells.add(cause);
          writer.writeRecord(cells);
        }
      }
      writer.flush();
    }
  }

  private void writeJson(BufferedReader in, Writer out) throws IOException {
    long number = 0;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      number++;
      String cause = causes.get(number);
      if (cause != null) {
        String object = object(line);
        String member =
            new String(JsonBody.write(Map.of(Column.CAUSE.title(), cause)), StandardCharsets.UTF_8);
        String rest = object.substring(1).stripLeading();
        out.write(member.substring(0, member.length() - 1));
        out.write(rest.equals("}") ? rest : "," + rest);
        out.write('\n');
      }
    }
  }

  /** A line's object, without the comments that may stand before it. */
  private static String object(String line) {
    String rest = line.strip();
    while (rest.startsWith(COMMENT)) {
      rest = rest.substring(rest.indexOf(COMMENT_END, COMMENT.length()) + COMMENT_END.length());
      rest = rest.stripLeading();
    }
    return rest;
  }
}
