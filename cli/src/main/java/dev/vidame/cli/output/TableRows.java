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
 * terminal the table is as wide as the terminal at most: cells that are too long end in …, and
 * columns for which there is no room at all are left out. Elsewhere nothing is.
 */
final class TableRows<T> implements Rows<T> {
  private static final int BATCH = 200;
  private static final String GAP = "  ";
  private static final int NARROWEST = 6;

  /** With so many characters a long text is still of use. */
  private static final int ENOUGH = 20;

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
    batch.add(shape.inTable().stream().map(column -> Visible.text(column.text(thing))).toList());
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

  /**
   * Leaves columns out from the right while the others have not room for something, and then takes
   * from the widest but the first, which says what the row is about.
   */
  private int[] fitted(int[] wanted) {
    int count = wanted.length;
    while (count > 1 && total(wanted, count, ENOUGH) > maxWidth) {
      count--;
    }
    int[] fitted = Arrays.copyOf(wanted, count);
    while (total(fitted, count, Integer.MAX_VALUE) > maxWidth) {
      int widest = widestBehindFirst(fitted);
      if (fitted[widest] <= NARROWEST) {
        break;
      }
      fitted[widest]--;
    }
    return fitted;
  }

  private static long total(int[] widths, int count, int most) {
    long total = (long) GAP.length() * (count - 1);
    for (int i = 0; i < count; i++) {
      total += Math.min(widths[i], most);
    }
    return total;
  }

  private static int widestBehindFirst(int[] widths) {
    int widest = Math.min(1, widths.length - 1);
    for (int i = 1; i < widths.length; i++) {
      widest = widths[i] > widths[widest] ? i : widest;
    }
    return widths[widest] <= NARROWEST ? 0 : widest;
  }

  private void print(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell =
          maxWidth == Integer.MAX_VALUE ? cells.get(i) : Visible.cut(cells.get(i), widths[i]);
      line.append(cell);
      line.repeat(' ', Math.max(0, widths[i] - Visible.width(cell)));
      line.append(GAP);
    }
    out.println(line.toString().stripTrailing());
  }
}
