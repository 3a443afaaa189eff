package dev.vidame.wire;

import dev.vidame.wire.Json.JsonNumber;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An object as read: names matched ignoring case, nulls left out, so that of a name given twice the
 * last value that is not null remains. Accessors refuse a member of another type.
 */
final class JsonObject {
  private final Map<String, Object> members = new HashMap<>();

  void put(String name, Object value) {
    members.put(name.toLowerCase(Locale.ROOT), value);
  }

  private @Nullable Object get(String name) {
    return members.get(name.toLowerCase(Locale.ROOT));
  }

  /** A member of any type, or null. */
  @Nullable Object value(String name) {
    return get(name);
  }

  /** The names of all members, in lower case. */
  Set<String> names() {
    return Set.copyOf(members.keySet());
  }

  boolean has(String name) {
    return get(name) != null;
  }

  @Nullable String text(String name) {
    Object value = get(name);
    if (value == null) {
      return null;
    }
    if (value instanceof String text) {
      return text;
    }
    throw wrongType(name, "The member %s must be a text.");
  }

  /** Booleans may come as text: older clients write them so. */
  @Nullable Boolean bool(String name) {
    Object value = get(name);
    if (value == null) {
      return null;
    }
    if (value instanceof Boolean bool) {
      return bool;
    }
    if (value instanceof String text) {
      if (text.equalsIgnoreCase("true")) {
        return true;
      }
      if (text.equalsIgnoreCase("false")) {
        return false;
      }
    }
    throw wrongType(name, "The member %s must be true or false.");
  }

  @Nullable JsonObject object(String name) {
    Object value = get(name);
    if (value == null) {
      return null;
    }
    if (value instanceof JsonObject object) {
      return object;
    }
    throw wrongType(name, "The member %s must be an object.");
  }

  /** A date with its zone, or without one in UTC. */
  @Nullable Instant instant(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    try {
      TemporalAccessor date =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              text, OffsetDateTime::from, LocalDateTime::from);
      Instant instant =
          date instanceof LocalDateTime local
              ? local.toInstant(ZoneOffset.UTC)
              : Instant.from(date);
      // A zone can move it out of all years that can be read again.
      return instant.atOffset(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException e) {
      throw wrongType(name, "The member %s must be an ISO 8601 date with its zone.");
    }
  }

  /** The items of an array, or an empty list where there is no array. */
  List<?> items(String name) {
    return get(name) instanceof List<?> list ? list : List.of();
  }

  /** The texts of an array, or an empty list where there is no such member. */
  List<String> texts(String name) {
    return items(name, String.class, "The member %s must be a list of texts.");
  }

  /** The objects of an array, or an empty list where there is no such member. */
  List<JsonObject> objects(String name) {
    return items(name, JsonObject.class, "The member %s must be a list of objects.");
  }

  private <T> List<T> items(String name, Class<T> type, String template) {
    Object value = get(name);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> items && items.stream().allMatch(type::isInstance)) {
      return items.stream().map(type::cast).toList();
    }
    throw wrongType(name, template);
  }

  /** The text of a number or text, or null where there is neither. */
  @Nullable String scalar(String name) {
    Object value = get(name);
    if (value instanceof JsonNumber number) {
      return number.text();
    }
    return value instanceof String text ? text : null;
  }

  private static WireFormatException wrongType(String name, String template) {
    return new WireFormatException(WireFormatException.Kind.UNREADABLE, name, template, name);
  }
}
