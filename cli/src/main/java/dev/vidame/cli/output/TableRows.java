package dev.vidame.cli.output;

import dev.vidame.cli.terminal.Visible;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A table whose columns are as wide as the rows of the first batch want them; wider cells that come
 * later move what is behind them, because waiting for the last row would need all rows. On a
 * terminal the table is as wide as the terminal at most, and cells that are too long end in …;
 * elsewhere nothing is ever cut.
 */
final class TableRows<T> implements Rows<T> {
  private static final int BATCH = 200;
  private static final String GAP = "  ";
  private static final int NARROWEST = 6;

  private final Shape<T> shape;
  private final PrintWriter out;
  private final int maxWidth;
  private final List<List<String>> batch = new ArrayList<>();
  private int[] widths = {};

  /**
   * A table.
   *
   * @param maxWidth the most characters of a line; {@link Integer#MAX_VALUE} for no limit
   */
  TableRows(Shape<T> shape, PrintWriter out, int maxWidth) {
    this.shape = shape;
    this.out = out;
    this.maxWidth = maxWidth;
  }

  @Override
  public void add(T thing) {
    batch.add(
        shape.inTable().stream().map(column -> Visible.text(column.text(thing))).toList());
    if (batch.size() == BATCH) {
      pause();
    }
  }

  @Override
  public void pause() {
    if (batch.isEmpty()) {
      return;
    }
    if (widths.length == 0) {
      batch.addFirst(shape.inTable().stream().map(column -> heading(column.name())).toList());
      widths = fitted(wanted());
    }
    batch.forEach(this::print);
    batch.clear();
    out.flush();
  }

  @Override
  public void end() {
    pause();
  }

  /** {@code userPrincipalName} as {@code USER PRINCIPAL NAME}. */
  static String heading(String name) {
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toUpperCase(Locale.ROOT);
  }

  private int[] wanted() {
    int[] wanted = new int[shape.inTable().size()];
    for (List<String> cells : batch) {
      for (int i = 0; i < wanted.length; i++) {
        wanted[i] = Math.max(wanted[i], Visible.width(cells.get(i)));
      }
    }
    return wanted;
  }

  /** Takes from the widest column until all of them fit. */
  private int[] fitted(int[] wanted) {
    int gaps = GAP.length() * (wanted.length - 1);
    while (Arrays.stream(wanted).sum() + gaps > maxWidth) {
      int widest = 0;
      for (int i = 1; i < wanted.length; i++) {
        widest = wanted[i] > wanted[widest] ? i : widest;
      }
      if (wanted[widest] <= NARROWEST) {
        break;
      }
      wanted[widest]--;
    }
    return wanted;
  }

  private void print(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = maxWidth == Integer.MAX_VALUE ? cells.get(i) : Visible.cut(cells.get(i), widths[i]);
      line.append(cell);
      line.repeat(' ', Math.max(0, widths[i] - Visible.width(cell)));
      line.append(GAP);
    }
    out.println(line.toString().stripTrailing());
  }
}
