package dev.vidame.cli.output;

import dev.vidame.cli.terminal.Visible;
import dev.vidame.wire.JsonBody;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** One JSON array, or one object in each line. */
final class JsonRows<T> implements Rows<T> {
  private final Shape<T> shape;
  private final PrintWriter out;
  private final boolean isArray;
  private boolean isFirst = true;

  JsonRows(Shape<T> shape, PrintWriter out, boolean isArray) {
    this.shape = shape;
    this.out = out;
    this.isArray = isArray;
  }

  @Override
  public void add(T thing) {
    if (isArray) {
      out.println(isFirst ? "[" : ",");
    }
    isFirst = false;
    out.print(object(shape, thing));
    if (!isArray) {
      out.println();
    }
  }

  static <T> String object(Shape<T> shape, T thing) {
    return Visible.json(
        new String(JsonBody.write(shape.members(thing)), StandardCharsets.UTF_8));
  }

  @Override
  public void pause() {
    out.flush();
  }

  @Override
  public void end() {
    if (isArray) {
      out.print(isFirst ? "[" : System.lineSeparator());
      out.println("]");
    }
    out.flush();
  }
}
