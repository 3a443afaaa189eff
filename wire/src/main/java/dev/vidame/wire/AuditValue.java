package dev.vidame.wire;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * A thing before or after a change, as audit records show it: JSON in a text, names in Pascal case,
 * nulls shown (wire-spec §6.2). Used by one thread.
 */
public final class AuditValue {
  private final String objectType;
  private final Map<String, @Nullable Object> members = new LinkedHashMap<>();

  /** A thing of this type, without members. */
  public AuditValue(String objectType) {
    this.objectType = objectType;
  }

  /** Adds a text, a truth value or null under a name or, with dots, a path of names. */
  public AuditValue put(String path, @Nullable Object value) {
    String[] names = path.split("\\.", -1);
    Map<String, @Nullable Object> at = members;
    for (int i = 0; i < names.length - 1; i++) {
      at = inner(at, names[i]);
    }
    at.put(names[names.length - 1], value);
    return this;
  }

  /** Adds a list of texts or of objects; null is shown as null. */
  public AuditValue putList(String name, @Nullable List<?> values) {
    members.put(name, values);
    return this;
  }

  @SuppressWarnings("unchecked") // put there by this very method
  private static Map<String, @Nullable Object> inner(
      Map<String, @Nullable Object> outer, String name) {
    return (Map<String, @Nullable Object>)
        outer.computeIfAbsent(name, any -> new LinkedHashMap<String, @Nullable Object>());
  }

  /** The JSON text. */
  public String toJson() {
    return new String(
        Json.write(out -> {
          members(out, members);
          out.writeObjectPropertyStart("Attributes");
          out.writeStringProperty("ObjectType", objectType);
          out.writeEndObject();
        }),
        StandardCharsets.UTF_8);
  }

  private static void members(JsonGenerator out, Map<?, ?> members) {
    members.forEach((name, value) -> {
      out.writeName(pascal(String.valueOf(name)));
      value(out, value);
    });
  }

  private static void value(JsonGenerator out, @Nullable Object value) {
    if (value == null) {
      out.writeNull();
    } else if (value instanceof Boolean truth) {
      out.writeBoolean(truth);
    } else if (value instanceof Map<?, ?> object) {
      out.writeStartObject();
      members(out, object);
      out.writeEndObject();
    } else if (value instanceof List<?> list) {
      out.writeStartArray();
      list.forEach(item -> value(out, item));
      out.writeEndArray();
    } else {
      out.writeString(value.toString());
    }
  }

  private static String pascal(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }
}
