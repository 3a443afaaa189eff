package dev.vidame.directory.tenancy;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the constants hold that statements are written in. */
final class Constants {
  private Constants() {}

  /**
   * The statements of a field: of a constant, or, where it is one of an enum's values, of all of
   * them.
   */
  static List<String> statements(String type, String field) {
    try {
      Class<?> outer = Class.forName(type);
      List<String> found = new ArrayList<>();
      for (Class<?> declaring :
          Stream.concat(Stream.of(outer), Stream.of(outer.getDeclaredClasses())).toList()) {
        for (Field candidate : declaring.getDeclaredFields()) {
          if (candidate.getName().equals(field)) {
            collect(declaring, candidate, found);
          }
        }
      }
      return found;
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type + "." + field, e);
    }
  }

  private static void collect(Class<?> declaring, Field field, List<String> found)
      throws ReflectiveOperationException {
    field.setAccessible(true);
    if (Modifier.isStatic(field.getModifiers())) {
      flatten(field.get(null), found);
    } else if (declaring.isEnum()) {
      for (Object constant : declaring.getEnumConstants()) {
        flatten(field.get(constant), found);
      }
    }
  }

  private static void flatten(@Nullable Object value, List<String> found)
      throws ReflectiveOperationException {
    switch (value) {
      case String text -> {
        if (Sql.isStatement(text)) {
          found.add(text);
        }
      }
      case Collection<?> all -> {
        for (Object each : all) {
          flatten(each, found);
        }
      }
      case Map<?, ?> map -> flatten(map.values(), found);
      case Record row -> {
        for (RecordComponent component : row.getClass().getRecordComponents()) {
          component.getAccessor().setAccessible(true);
          flatten(component.getAccessor().invoke(row), found);
        }
      }
      case null, default -> {} // A part of a record that is no statement.
    }
  }
}
