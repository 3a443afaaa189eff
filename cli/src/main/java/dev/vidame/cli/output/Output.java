package dev.vidame.cli.output;

import dev.vidame.cli.exit.CommandException;
import dev.vidame.cli.exit.ExitCode;
import dev.vidame.cli.terminal.Terminal;
import dev.vidame.cli.terminal.Visible;
import dev.vidame.sdk.Page;
import dev.vidame.sdk.Pages;
import java.io.PrintWriter;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Shows answers. The answer goes to standard output and nothing else does; what is said besides goes
 * to standard error. A list is shown as it comes, in constant memory. Used by one thread.
 */
public final class Output {
  private final Format format;
  private final Terminal terminal;
  private final PrintWriter out;
  private final PrintWriter err;

  Output(Format format, Terminal terminal, PrintWriter out, PrintWriter err) {
    this.format = format;
    this.terminal = terminal;
    this.out = out;
    this.err = err;
  }

  /** Shows a list: each page before the next one is asked for. */
  public <T> void list(Shape<T> shape, Pages<T> pages) {
    list(shape, pages, Long.MAX_VALUE);
  }

  /**
   * Shows the beginning of a list.
   *
   * @param limit how many items at most
   */
  public <T> void list(Shape<T> shape, Pages<T> pages, long limit) {
    batches(shape, pages.pages().map(Page::items), limit);
  }

  /**
   * Shows things that come in batches: each batch before the next one is asked for, so that it suits
   * what never ends, too. The stream is closed.
   */
  public <T> void batches(Shape<T> shape, Stream<List<T>> batches) {
    batches(shape, batches, Long.MAX_VALUE);
  }

  private <T> void batches(Shape<T> shape, Stream<List<T>> batches, long limit) {
    Rows<T> rows = rows(shape);
    long left = limit;
    try (Stream<List<T>> walk = batches) {
      Iterator<List<T>> each = walk.iterator();
      while (left > 0 && each.hasNext()) {
        List<T> batch = each.next();
        batch.stream().limit(left).forEach(rows::add);
        left -= batch.size();
        rows.pause();
        requireWritten();
      }
    }
    rows.end();
    requireWritten();
  }

  private <T> Rows<T> rows(Shape<T> shape) {
    return switch (format) {
      case TABLE ->
          new TableRows<>(
              shape, out, terminal.isOutput() ? terminal.columns() : Integer.MAX_VALUE);
      case JSON -> new JsonRows<>(shape, out, true);
      case JSONL -> new JsonRows<>(shape, out, false);
      case CSV -> new CsvRows<>(shape, out, terminal.isOutput());
    };
  }

  /** Shows one thing with all of its columns. */
  public <T> void item(Shape<T> shape, T thing) {
    switch (format) {
      case TABLE -> lines(shape, thing);
      case JSON, JSONL -> out.println(JsonRows.object(shape, thing));
      case CSV -> {
        Rows<T> rows = rows(shape);
        rows.add(thing);
        rows.end();
      }
    }
    requireWritten();
  }

  private <T> void lines(Shape<T> shape, T thing) {
    int width = shape.columns().stream().mapToInt(column -> column.name().length()).max().orElse(0);
    shape
        .columns()
        .forEach(column -> {
          String text = Visible.text(column.text(thing));
          if (!text.isEmpty()) {
            out.println(column.name() + " ".repeat(width - column.name().length() + 2) + text);
          }
        });
  }

  /** Says something that is not the answer, to standard error. */
  public void say(String sentence) {
    err.println(Visible.text(sentence));
    err.flush();
  }

  /** Whoever reads may have gone, as {@code head} does; then the rest is not fetched. */
  private void requireWritten() {
    if (out.checkError()) {
      throw notWritten();
    }
  }

  private static CommandException notWritten() {
    return new CommandException(
        ExitCode.INPUT_OUTPUT, "The output cannot be written any more, so the rest was left out.");
  }
}
