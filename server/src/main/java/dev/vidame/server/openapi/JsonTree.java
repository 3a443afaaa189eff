package dev.vidame.server.openapi;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * JSON as maps, lists and plain values, in the order of its text: what a document is put together
 * from.
 */
final class JsonTree {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonTree() {}

  /** Reads an object that lies beside this class. */
  static Map<String, Object> resource(String name) {
    try (InputStream in = JsonTree.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("There is no resource " + name);
      }
      try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), in.readAllBytes())) {
        parser.nextToken();
        return object(parser);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> object(JsonParser parser) {
    Map<String, Object> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      members.put(name, value(parser, parser.nextToken()));
    }
    return members;
  }

  private static Object value(JsonParser parser, JsonToken token) {
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> Null.NULL;
      default -> throw new IllegalStateException("Unexpected " + token);
    };
  }

  private static List<Object> array(JsonParser parser) {
    List<Object> items = new ArrayList<>();
    for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
      items.add(value(parser, t));
    }
    return items;
  }

  /** The member of this name, which is an object. */
  @SuppressWarnings("unchecked") // object() makes no other maps
  static Map<String, Object> member(Map<String, Object> object, String name) {
    if (object.get(name) instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new IllegalStateException("There is no object " + name);
  }

  /** The text in UTF-8, on many lines, so that two versions can be compared by line. */
  static byte[] write(Map<String, Object> tree) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 17);
    try (JsonGenerator generator = FACTORY.createGenerator(new ManyLines(), out)) {
      write(generator, tree);
      generator.writeRaw('\n');
    }
    return out.toByteArray();
  }

  private static void write(JsonGenerator out, @Nullable Object value) {
    switch (value) {
      case Map<?, ?> map -> {
        out.writeStartObject();
        map.forEach((name, member) -> {
          out.writeName(String.valueOf(name));
          write(out, member);
        });
        out.writeEndObject();
      }
      case List<?> list -> {
        out.writeStartArray();
        list.forEach(item -> write(out, item));
        out.writeEndArray();
      }
      case String text -> out.writeString(text);
      case Long number -> out.writeNumber(number);
      case Boolean flag -> out.writeBoolean(flag);
      case Null none -> out.writeNull();
      case null, default -> throw new IllegalArgumentException("Not of a tree: " + value);
    }
  }

  /** Null among values that cannot be null. */
  private enum Null {
    NULL
  }

  /** Breaks lines the same way on every system. */
  private static final class ManyLines extends ObjectWriteContext.Base {
    @Override
    public PrettyPrinter getPrettyPrinter() {
      return new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
    }
  }
}
