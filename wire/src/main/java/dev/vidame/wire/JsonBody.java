package dev.vidame.wire;

import dev.vidame.wire.Json.JsonNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * A JSON object of any shape, for what an operator sends and reads, which no type of the customers'
 * API describes. Read as tolerantly as the API's bodies: names in any case, nulls left out.
 * Immutable.
 *
 * <p>Accessors refuse a member of another type with a {@link WireFormatException} that names it.
 */
public final class JsonBody {
  private final JsonObject object;

  private JsonBody(JsonObject object) {
    this.object = object;
  }

  /**
   * Reads one object.
   *
   * @throws WireFormatException when the bytes are anything else
   */
  public static JsonBody parse(byte[] json) {
    return new JsonBody(Json.readObject(json));
  }

  /**
   * Writes one object in UTF-8: texts, whole numbers, truth values, and maps and iterables of them;
   * a null is left out.
   */
  public static byte[] write(Map<String, ? extends @Nullable Object> members) {
    return Json.write(out -> writeMembers(out, members));
  }

  private static void writeMembers(JsonGenerator out, Map<?, ? extends @Nullable Object> members) {
    members.forEach((name, value) -> {
      if (value != null) {
        out.writeName(String.valueOf(name));
        writeValue(out, value);
      }
    });
  }

  private static void writeValue(JsonGenerator out, Object value) {
    if (value instanceof Map<?, ?> members) {
      out.writeStartObject();
      writeMembers(out, members);
      out.writeEndObject();
    } else if (value instanceof Iterable<?> items) {
      out.writeStartArray();
      items.forEach(item -> {
        if (item != null) {
          writeValue(out, item);
        }
      });
      out.writeEndArray();
    } else if (value instanceof Boolean bool) {
      out.writeBoolean(bool);
    } else if (value instanceof Number number) {
      out.writeNumber(number.longValue());
    } else {
      out.writeString(value.toString());
    }
  }

  JsonObject members() {
    return object;
  }

  /** The names of the members that are not null, in lower case. */
  public Set<String> names() {
    return object.names();
  }

  /** A member that is a text. */
  public Optional<String> text(String name) {
    Object value = object.value(name);
    if (value == null || value instanceof String) {
      return Optional.ofNullable((String) value);
    }
    throw refused(name, "The value must be a text.");
  }

  /** A member that is a text, a number or a truth value, as a text; empty for anything else. */
  public Optional<String> scalar(String name) {
    Object value = object.value(name);
    return value instanceof List<?> || value instanceof JsonObject || value == null
        ? Optional.empty()
        : Optional.of(shown(value));
  }

  /** A member that is true or false, or a text that says so. */
  public Optional<Boolean> bool(String name) {
    Object value = object.value(name);
    if (value instanceof String text
        && (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"))) {
      return Optional.of(Boolean.parseBoolean(text));
    }
    if (value == null || value instanceof Boolean) {
      return Optional.ofNullable((Boolean) value);
    }
    throw refused(name, "The value must be true or false.");
  }

  /**
   * A member as people read it: a text, a number, a truth value, or some of them with blanks
   * between; empty where there is none.
   */
  public String shown(String name) {
    return shown(object.value(name));
  }

  private static String shown(@Nullable Object value) {
    if (value instanceof JsonNumber number) {
      return number.text();
    }
    if (value instanceof List<?> items) {
      return items.stream().map(JsonBody::shown).collect(Collectors.joining(" "));
    }
    return value instanceof String || value instanceof Boolean ? value.toString() : "";
  }

  /** A member that is a whole number, or a text that says one. */
  public Optional<Long> number(String name) {
    Object value = object.value(name);
    if (value == null) {
      return Optional.empty();
    }
    String text = value instanceof JsonNumber number ? number.text() : String.valueOf(value);
    if (text.matches("-?\\d{1,18}")) {
      return Optional.of(Long.parseLong(text));
    }
    throw refused(name, "The value must be a whole number.");
  }

  /** A member that is a list of texts. */
  public Optional<List<String>> texts(String name) {
    return items(name)
        .map(items -> {
          List<String> texts = new ArrayList<>();
          for (Object item : items) {
            if (!(item instanceof String text)) {
              throw refused(name, "The value must be a list of texts.");
            }
            texts.add(text);
          }
          return texts;
        });
  }

  /** A member that is an object; no member is an object without members. */
  public JsonBody object(String name) {
    Object value = object.value(name);
    if (value == null) {
      return new JsonBody(new JsonObject());
    }
    if (value instanceof JsonObject member) {
      return new JsonBody(member);
    }
    throw refused(name, "The value must be an object.");
  }

  /** A member that is a list of objects; no member is an empty list. */
  public List<JsonBody> objects(String name) {
    List<JsonBody> bodies = new ArrayList<>();
    for (Object item : items(name).orElse(List.of())) {
      if (!(item instanceof JsonObject member)) {
        throw refused(name, "The value must be a list of objects.");
      }
      bodies.add(new JsonBody(member));
    }
    return bodies;
  }

  private Optional<List<?>> items(String name) {
    Object value = object.value(name);
    if (value == null || value instanceof List<?>) {
      return Optional.ofNullable((List<?>) value);
    }
    throw refused(name, "The value must be a list.");
  }

  /** Reads what stands in a member; a fault there is told with the names of both. */
  static <T> T within(String member, Supplier<T> reader) {
    try {
      return reader.get();
    } catch (WireFormatException e) {
      throw new WireFormatException(
          e.kind(),
          member + "." + e.property(),
          e.template(),
          e.arguments().toArray(String[]::new));
    }
  }

  static WireFormatException missing(String name) {
    return refused(name, "The value is required and must not be empty.");
  }

  static WireFormatException refused(String name, String template) {
    return new WireFormatException(WireFormatException.Kind.INVALID_PROPERTY, name, template);
  }
}
