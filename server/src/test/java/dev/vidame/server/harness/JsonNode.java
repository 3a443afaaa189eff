package dev.vidame.server.harness;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * A JSON value read by the letter of RFC 8259: what the server tolerates is not tolerated from it.
 *
 * @param value a {@code Map<String, JsonNode>} in the order of the text, a {@code List<JsonNode>},
 *     a String, a BigDecimal, a Boolean, or null
 */
public record JsonNode(@Nullable Object value) {
  private static final JsonFactory STRICT =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** Reads bytes that are one value, without a byte order mark. */
  public static JsonNode parse(byte[] json) {
    if (json.length > 0 && json[0] == (byte) 0xEF) {
      throw new AssertionError("The body begins with a byte order mark");
    }
    try (JsonParser parser = STRICT.createParser(ObjectReadContext.empty(), json)) {
      JsonNode node = node(parser, parser.nextToken());
      if (parser.nextToken() != null) {
        throw new AssertionError("There is something behind the JSON value");
      }
      return node;
    }
  }

  private static JsonNode node(JsonParser parser, @Nullable JsonToken token) {
    if (token == null) {
      throw new AssertionError("There is no JSON");
    }
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> new JsonNode(unicode(parser.getString()));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNode(parser.getDecimalValue());
      case VALUE_TRUE, VALUE_FALSE -> new JsonNode(parser.getBooleanValue());
      case VALUE_NULL -> new JsonNode(null);
      default -> throw new AssertionError("Unexpected " + token);
    };
  }

  private static String unicode(String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new AssertionError("A text holds half of a surrogate pair: " + text);
    }
    return text;
  }

  private static JsonNode object(JsonParser parser) {
    Map<String, JsonNode> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      members.put(name, node(parser, parser.nextToken()));
    }
    return new JsonNode(members);
  }

  private static JsonNode array(JsonParser parser) {
    List<JsonNode> items = new ArrayList<>();
    for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
      items.add(node(parser, t));
    }
    return new JsonNode(items);
  }

  /** The members, in the order of the text. */
  @SuppressWarnings("unchecked") // only object() makes maps
  public Map<String, JsonNode> members() {
    if (value instanceof Map<?, ?>) {
      return (Map<String, JsonNode>) value;
    }
    throw new AssertionError("Not an object: " + value);
  }

  /** The items. */
  @SuppressWarnings("unchecked") // only array() makes lists
  public List<JsonNode> items() {
    if (value instanceof List<?>) {
      return (List<JsonNode>) value;
    }
    throw new AssertionError("Not an array: " + value);
  }

  public JsonNode get(String name) {
    JsonNode member = members().get(name);
    if (member == null) {
      throw new AssertionError("There is no member " + name + " in " + members().keySet());
    }
    return member;
  }

  public boolean has(String name) {
    return members().containsKey(name);
  }

  public String text() {
    if (value instanceof String text) {
      return text;
    }
    throw new AssertionError("Not a text: " + value);
  }

  public int number() {
    if (value instanceof BigDecimal number) {
      return number.intValueExact();
    }
    throw new AssertionError("Not a number: " + value);
  }

  /** The texts of an array of texts. */
  public List<String> texts() {
    return items().stream().map(JsonNode::text).toList();
  }

  /** Whether null stands anywhere in it. */
  boolean holdsNull() {
    return switch (value) {
      case null -> true;
      case Map<?, ?> ignored -> members().values().stream().anyMatch(JsonNode::holdsNull);
      case List<?> ignored -> items().stream().anyMatch(JsonNode::holdsNull);
      default -> false;
    };
  }
}
