package dev.vidame.server.tokens;

import dev.vidame.wire.Utf8;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON objects whose members are texts, whole numbers, or lists of these: all that tokens and token
 * answers hold. The reader takes nothing else, and no name twice.
 */
final class FlatJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private FlatJson() {}

  /** Writes the members in their order, in UTF-8. */
  static byte[] write(Map<String, ?> members) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      generator.writeStartObject();
      members.forEach((name, value) -> {
        generator.writeName(name);
        write(generator, value);
      });
      generator.writeEndObject();
    }
    return out.toByteArray();
  }

  private static void write(JsonGenerator out, Object value) {
    switch (value) {
      case String text -> out.writeString(text);
      case Long number -> out.writeNumber(number.longValue());
      case List<?> items -> {
        out.writeStartArray();
        items.forEach(item -> write(out, item));
        out.writeEndArray();
      }
      default -> throw new IllegalArgumentException("Not a flat value: " + value.getClass());
    }
  }

  /** The members, or empty when the bytes are anything but one such object in UTF-8. */
  static Optional<Map<String, Object>> read(byte[] json) {
    if (!Utf8.isValid(json)) {
      return Optional.empty();
    }
    String text = new String(json, StandardCharsets.UTF_8);
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      Map<String, Object> members = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        Object value = parser.nextToken() == JsonToken.START_ARRAY ? items(parser) : scalar(parser);
        if (value == null || members.putIfAbsent(name, value) != null) {
          return Optional.empty();
        }
      }
      return parser.nextToken() == null ? Optional.of(members) : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static @Nullable List<Object> items(JsonParser parser) {
    List<Object> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Object item = scalar(parser);
      if (item == null) {
        return null;
      }
      items.add(item);
    }
    return List.copyOf(items);
  }

  private static @Nullable Object scalar(JsonParser parser) {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT -> parser.getLongValue();
      default -> null;
    };
  }
}
