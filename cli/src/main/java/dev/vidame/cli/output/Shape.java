package dev.vidame.cli.output;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is shown of a thing, said once for all forms: JSON and CSV have all columns, a table of many
 * things has those that were said to be in it. Immutable.
 *
 * {@snippet :
 * Shape<DirectoryRole> roles =
 *     Shape.<DirectoryRole>builder()
 *         .inTable("name", DirectoryRole::name)
 *         .inTable("id", DirectoryRole::id)
 *         .build();
 * }
 *
 * <p>A value is a text, a number, a truth value, a list or map of such, or anything else whose text
 * form says what it is (ids, times). Null is no value: JSON leaves it out, the others leave it
 * empty.
 *
 * @param <T> the thing
 */
public final class Shape<T> {
  private final List<Column<T>> columns;

  private Shape(List<Column<T>> columns) {
    this.columns = List.copyOf(columns);
  }

  /**
   * A column.
   *
   * @param name the member's name in JSON and the header in CSV, in camel case
   * @param value reads it
   * @param isInTable whether a table shows it
   */
  record Column<T>(String name, Function<T, ? extends @Nullable Object> value, boolean isInTable) {
    String text(T thing) {
      return Texts.of(value.apply(thing));
    }
  }

  /** A builder without columns. */
  public static <T> Builder<T> builder() {
    return new Builder<>();
  }

  List<Column<T>> columns() {
    return columns;
  }

  List<Column<T>> inTable() {
    return columns.stream().filter(Column::isInTable).toList();
  }

  Map<String, @Nullable Object> members(T thing) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    columns.forEach(column -> members.put(column.name(), column.value().apply(thing)));
    return members;
  }

  /** Builds a shape. Not thread-safe. */
  public static final class Builder<T> {
    private final List<Column<T>> columns = new ArrayList<>();

    private Builder() {}

    /** Adds a column that a table shows, too. */
    public Builder<T> inTable(String name, Function<T, ? extends @Nullable Object> value) {
      columns.add(new Column<>(name, value, true));
      return this;
    }

    /** Adds a column for JSON, CSV and for things that are shown alone. */
    public Builder<T> more(String name, Function<T, ? extends @Nullable Object> value) {
      columns.add(new Column<>(name, value, false));
      return this;
    }

    /** The shape. */
    public Shape<T> build() {
      return new Shape<>(columns);
    }
  }
}
