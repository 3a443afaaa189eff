package dev.vidame.server.openapi;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What several operations of a document share: schemas, parameters, headers, answers. Immutable.
 */
final class Components {
  private static final String PREFIX = "#/components/";
  private static final List<String> SCHEMA_FILES =
      List.of(
          "common",
          "customers",
          "users",
          "roles",
          "licenses",
          "audit",
          "changes",
          "tokens",
          "admin");

  private final Map<String, Object> all;

  private Components(Map<String, Object> all) {
    this.all = all;
  }

  /** All that there are. */
  static Components load() {
    Map<String, Object> all = JsonTree.resource("components.json");
    Map<String, Object> schemas = new LinkedHashMap<>();
    for (String file : SCHEMA_FILES) {
      schemas.putAll(JsonTree.resource("schemas/" + file + ".json"));
    }
    all.put("schemas", schemas);
    return new Components(all);
  }

  /**
   * A reference to a component.
   *
   * @throws IllegalStateException when there is no such component
   */
  Map<String, Object> reference(String kind, String name) {
    if (!JsonTree.member(all, kind).containsKey(name)) {
      throw new IllegalStateException("There is no " + name + " among the " + kind);
    }
    return Map.of("$ref", PREFIX + kind + "/" + name);
  }

  /** Those that a part of a document needs, itself or through others, and all security schemes. */
  Map<String, Object> neededBy(Object part) {
    Set<String> needed = new HashSet<>();
    collect(part, needed);
    Map<String, Object> kept = new LinkedHashMap<>();
    all.forEach((kind, ignored) -> {
      Map<String, Object> some = new LinkedHashMap<>();
      JsonTree.member(all, kind)
          .forEach((name, value) -> {
            if (kind.equals("securitySchemes") || needed.contains(kind + "/" + name)) {
              some.put(name, value);
            }
          });
      kept.put(kind, some);
    });
    return kept;
  }

  private void collect(Object value, Set<String> needed) {
    if (value instanceof Map<?, ?> map) {
      if (map.get("$ref") instanceof String reference) {
        String name = reference.substring(PREFIX.length());
        if (needed.add(name)) {
          collect(component(name), needed);
        }
      }
      collectAll(map.values(), needed);
    } else if (value instanceof List<?> list) {
      collectAll(list, needed);
    }
  }

  private void collectAll(Collection<?> values, Set<String> needed) {
    for (Object value : values) {
      collect(value, needed);
    }
  }

  private Object component(String kindAndName) {
    String[] parts = kindAndName.split("/", 2);
    Object component = JsonTree.member(all, parts[0]).get(parts[1]);
    if (component == null) {
      throw new IllegalStateException("There is no component " + kindAndName);
    }
    return component;
  }
}
