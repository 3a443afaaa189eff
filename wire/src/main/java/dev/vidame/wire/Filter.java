package dev.vidame.wire;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What the items of a list must be like. Immutable. */
public sealed interface Filter {

  /**
   * A field compared with a value.
   *
   * @param field the field's name as the caller wrote it; names match in any case
   * @param value the value
   * @param operator any but {@link FilterOperator#AND} and {@link FilterOperator#OR}
   */
  record Simple(String field, String value, FilterOperator operator) implements Filter {}

  /**
   * Two filters joined.
   *
   * @param left one
   * @param right the other
   * @param operator {@link FilterOperator#AND} or {@link FilterOperator#OR}
   */
  record Compound(Filter left, Filter right, FilterOperator operator) implements Filter {}

  /**
   * Reads the value of a {@code filter} parameter, already decoded: {@code {"Field":…,"Value":…,
   * "Operator":…}} or {@code {"LeftFilter":…,"RightFilter":…,"Operator":"and"}}, names in any case
   * and order.
   *
   * @throws WireFormatException when it is neither; its property is {@code filter}
   */
  static Filter fromJson(String json) {
    try {
      return read(Json.readObject(json.getBytes(StandardCharsets.UTF_8)));
    } catch (WireFormatException e) {
      throw e.in("filter");
    }
  }

  private static Filter read(JsonObject in) {
    FilterOperator operator = operator(in.text("operator"));
    if (operator.joins()) {
      return new Compound(part(in, "leftFilter"), part(in, "rightFilter"), operator);
    }
    String field = in.text("field");
    if (field == null || field.isBlank()) {
      throw WireFormatException.unreadable("The filter has no %s.", "Field");
    }
    String value = in.scalar("value");
    if (value == null) {
      throw WireFormatException.unreadable("The filter has no %s.", "Value");
    }
    return new Simple(field.strip(), value, operator);
  }

  private static Filter part(JsonObject in, String name) {
    JsonObject part = in.object(name);
    if (part == null) {
      throw WireFormatException.unreadable("The filter has no %s.", name);
    }
    return read(part);
  }

  private static FilterOperator operator(@Nullable String text) {
    if (text == null) {
      throw WireFormatException.unreadable("The filter has no %s.", "Operator");
    }
    return FilterOperator.parse(text.strip())
        .orElseThrow(
            () -> WireFormatException.unreadable("The filter's operator %s is not known.", text));
  }
}
