package dev.vidame.sdk;

import dev.vidame.wire.FilterOperator;
import dev.vidame.wire.JsonBody;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes filters in the documents' spelling, which all services of this API read. */
final class FilterJson {
  private static final String OPERATOR = "Operator";

  private FilterJson() {}

  static String simple(String field, String value, FilterOperator operator) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("Field", field);
    members.put("Value", value);
    members.put(OPERATOR, operator.wire());
    return new String(JsonBody.write(members), StandardCharsets.UTF_8);
  }

  /** Two filters, already in JSON, joined. */
  static String compound(String left, String right, FilterOperator operator) {
    return "{\"LeftFilter\":"
        + left
        + ",\"RightFilter\":"
        + right
        + ",\"Operator\":\""
        + operator.wire()
        + "\"}";
  }
}
