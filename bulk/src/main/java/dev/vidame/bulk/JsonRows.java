package dev.vidame.bulk;

import dev.vidame.wire.JsonBody;
import dev.vidame.wire.WireFormatException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of JSON Lines: an object in each line; empty lines are skipped. */
final class JsonRows implements RawRows {
  private final SourceOptions options;
  private final BufferedReader lines;
  private long line;
  private long number;

  JsonRows(SourceOptions options, Reader text) {
    this.options = options;
    this.lines = new BufferedReader(text, 1 << 16);
  }

  @Override
  public @Nullable Place next() throws IOException {
    for (String text = lines.readLine(); text != null; text = lines.readLine()) {
      line++;
      if (!text.isBlank()) {
        number++;
        return place(text);
      }
    }
    return null;
  }

  private Place place(String text) {
    JsonBody body;
    try {
      body = JsonBody.parse(text.getBytes(StandardCharsets.UTF_8));
    } catch (WireFormatException e) {
      return new Place.Broken(
          List.of(problem(null, "The line is broken: it must be a JSON object.")));
    }
    List<Problem> problems = new ArrayList<>();
    RawRow row = new RawRow(number, line);
    for (String name : body.names()) {
      Optional<Column> column = Columns.of(options.mapping(), name);
      Optional<String> value = body.scalar(name);
      if (column.isEmpty()) {
        problems.add(problem(name, "The member is not known; there are " + Column.titles() + "."));
      } else if (!column.get().isLeftOut()) {
        if (value.isEmpty()) {
          problems.add(problem(name, "The value must be a text."));
        } else if (row.cells().put(column.get(), cell(column.get(), value.get())) != null) {
          problems.add(problem(name, "The member is there twice."));
        }
      }
    }
    row.cells().values().removeIf(String::isEmpty);
    return problems.isEmpty() ? new Place.Row(row) : new Place.Broken(problems);
  }

  /** An empty text clears, as it does on the wire; a null keeps. */
  private String cell(Column column, String value) {
    return value.isEmpty() && column.field() != null ? options.clearToken() : value;
  }

  private Problem problem(@Nullable String field, String cause) {
    return new Problem(options.name(), line, null, field, cause);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
