package dev.vidame.wire;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * Reads JSON as tolerantly as the API's clients need and writes it exactly.
 *
 * <p>Tolerated: names without quotes, single quotes, trailing commas, comments, a byte order mark.
 * Refused: bare words such as {@code Null} or {@code NaN}, anything behind the value, texts that
 * are not Unicode.
 */
final class Json {
  private static final int MAX_DEPTH = 16;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES)
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  private Json() {}

  /**
   * Reads one object.
   *
   * @throws WireFormatException when the bytes are anything else
   */
  static JsonObject readObject(byte[] json) {
    if (!Utf8.isValid(json)) {
      throw WireFormatException.unreadable("The text is not UTF-8.");
    }
    int start = Utf8.lengthOfByteOrderMark(json);
    try (JsonParser parser =
        FACTORY.createParser(ObjectReadContext.empty(), json, start, json.length - start)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw WireFormatException.unreadable("The text is empty.");
      }
      if (first != JsonToken.START_OBJECT) {
        throw WireFormatException.unreadable("The text must be a JSON object.");
      }
      JsonObject object = object(parser);
      if (parser.nextToken() != null) {
        throw WireFormatException.unreadable("There is more than one JSON value in the text.");
      }
      return object;
    } catch (StreamReadException e) {
      throw WireFormatException.unreadable(
          "The text is not JSON: line %s, column %s.",
          Integer.toString(e.getLocation().getLineNr()),
          Integer.toString(e.getLocation().getColumnNr()));
    } catch (StreamConstraintsException e) {
      throw WireFormatException.unreadable(
          "The text is nested too deep, or holds a name or a value that is too long.");
    }
  }

  private static JsonObject object(JsonParser parser) {
    JsonObject object = new JsonObject();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      Object value = value(parser, parser.nextToken());
      if (value != null) {
        object.put(name, value);
      }
    }
    return object;
  }

  private static @Nullable Object value(JsonParser parser, JsonToken token) {
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> unicode(parser.getString());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(parser.getString());
      default -> throw WireFormatException.unreadable("The text is not JSON.");
    };
  }

  private static List<Object> array(JsonParser parser) {
    List<Object> items = new ArrayList<>();
    for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
      Object item = value(parser, t);
      if (item != null) {
        items.add(item);
      }
    }
    return items;
  }

  private static String unicode(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean paired =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!paired) {
          throw WireFormatException.unreadable("A text holds half of a surrogate pair.");
        }
        i++;
      }
    }
    return text;
  }

  /** Writes one object in UTF-8. The body writes the members. */
  static byte[] write(Consumer<JsonGenerator> body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      generator.writeStartObject();
      body.accept(generator);
      generator.writeEndObject();
    }
    return out.toByteArray();
  }

  static void text(JsonGenerator out, String name, @Nullable String value) {
    if (value != null) {
      out.writeStringProperty(name, value);
    }
  }

  static void attributes(JsonGenerator out, String objectType) {
    out.writeObjectPropertyStart("attributes");
    out.writeStringProperty("objectType", objectType);
    out.writeEndObject();
  }

  static void link(JsonGenerator out, String relation, Link link) {
    out.writeObjectPropertyStart(relation);
    out.writeStringProperty("uri", link.uri());
    out.writeStringProperty("method", link.method());
    out.writeArrayPropertyStart("headers");
    for (Link.Header header : link.headers()) {
      out.writeStartObject();
      out.writeStringProperty("key", header.key());
      out.writeStringProperty("value", header.value());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  /** A number as its text stands in the body. */
  record JsonNumber(String text) {}
}
