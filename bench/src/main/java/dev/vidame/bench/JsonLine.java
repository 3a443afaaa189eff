package dev.vidame.bench;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.StringJoiner;

/** One JSON object on one line, of numbers and plain texts. Not thread-safe. */
public final class JsonLine {
  private final StringJoiner members = new StringJoiner(", ", "{", "}");

  /** Adds a number with so many decimals; null where a ratio to nothing gave none. */
  public JsonLine number(String name, double value, int decimals) {
    String text =
        Double.isFinite(value)
            ? BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP).toString()
            : "null";
    members.add("\"" + name + "\": " + text);
    return this;
  }

  /** Adds a text. */
  public JsonLine text(String name, String value) {
    String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"");
    members.add("\"" + name + "\": \"" + escaped + "\"");
    return this;
  }

  /** Adds an object. */
  public JsonLine object(String name, JsonLine value) {
    members.add("\"" + name + "\": " + value);
    return this;
  }

  /** Adds what the figures were measured on. */
  public JsonLine machine(Machine machine) {
    return number("cores", machine.cores(), 0)
        .text("processor", machine.processor())
        .text("kernel", machine.kernel())
        .text("jdk", machine.jdk())
        .text("file_system", machine.fileSystem())
        .text("commit", machine.commit());
  }

  @Override
  public String toString() {
    return members.toString();
  }
}
