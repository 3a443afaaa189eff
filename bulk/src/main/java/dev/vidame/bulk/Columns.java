package dev.vidame.bulk;

import java.util.Map;
import java.util.Optional;

/** Finds columns by the names that a file gives them. */
final class Columns {
  private Columns() {}

  static Optional<Column> of(Map<String, String> mapping, String title) {
    String plain = title.strip();
    return mapping.entrySet().stream()
        .filter(each -> each.getKey().strip().equalsIgnoreCase(plain))
        .findFirst()
        .map(Map.Entry::getValue)
        .map(Column::of)
        .orElseGet(() -> Column.of(plain).filter(column -> column != Column.NOTHING));
  }
}
