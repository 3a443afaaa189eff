package dev.vidame.cli.output;

import dev.vidame.cli.terminal.Visible;
import java.io.PrintWriter;
import java.util.stream.Collectors;

/** A header and a line for each thing, ending in CR LF (RFC 4180). */
final class CsvRows<T> implements Rows<T> {
  private static final String LINE_END = "\r\n";

  private final Shape<T> shape;
  private final PrintWriter out;
  private final boolean isForTerminal;

  CsvRows(Shape<T> shape, PrintWriter out, boolean isForTerminal) {
    this.shape = shape;
    this.out = out;
    this.isForTerminal = isForTerminal;
    out.print(
        shape.columns().stream().map(Shape.Column::name).collect(Collectors.joining(","))
            + LINE_END);
  }

  @Override
  public void add(T thing) {
    out.print(
        shape.columns().stream().map(column -> cell(column.text(thing))).collect(Collectors.joining(","))
            + LINE_END);
  }

  /** Files get the value as it is; a terminal would obey what is in it. */
  private String cell(String text) {
    return CsvCell.of(isForTerminal ? Visible.text(text) : text);
  }

  @Override
  public void pause() {
    out.flush();
  }

  @Override
  public void end() {
    out.flush();
  }
}
