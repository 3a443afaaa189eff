package dev.vidame.directory.move;

import dev.vidame.directory.storage.Dialect;
import dev.vidame.directory.storage.WholeStore;
import dev.vidame.directory.storage.WholeStore.Column;
import dev.vidame.directory.storage.WholeStore.Kind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A table with its columns, and the statements over them.
 *
 * @param table the table
 * @param columns those of the database, which are those of a file, too, but for the position of
 *     requests that changed nothing
 */
record Shape(MovedTable table, List<Column> columns) {

  /**
   * The shapes of all tables.
   *
   * @throws MoveException where a store has something that this does not know how to move
   */
  static List<Shape> of(WholeStore source, WholeStore target) throws SQLException, MoveException {
    Map<String, List<Column>> from = source.tables();
    Map<String, List<Column>> to = target.tables();
    Set<String> unknown = new TreeSet<>(from.keySet());
    unknown.removeAll(MovedTable.LEFT_OUT.keySet());
    List<Shape> shapes = new ArrayList<>();
    for (MovedTable table : MovedTable.ALL) {
      unknown.remove(table.name());
      Shape shape = new Shape(table, to.getOrDefault(table.name(), List.of()));
      Set<String> names = new HashSet<>(names(from.getOrDefault(table.name(), List.of())));
      if (table.name().equals(MovedTable.UNCHANGED)) {
        names.remove("position");
      }
      if (!names.equals(new HashSet<>(shape.names()))) {
        unknown.add(table.name());
      }
      shapes.add(shape);
    }
    if (!unknown.isEmpty()) {
      throw MoveException.refused(
          "This program does not know how to move these tables: " + String.join(", ", unknown));
    }
    return shapes;
  }

  private static List<String> names(List<Column> columns) {
    return columns.stream().map(Column::name).toList();
  }

  List<String> names() {
    return names(columns);
  }

  List<Kind> kinds() {
    return columns.stream().map(Column::kind).toList();
  }

  /** The same without the column that differs. */
  Shape compared() {
    return new Shape(
        table,
        columns.stream().filter(column -> !column.name().equals(table.translated())).toList());
  }

  int index(String column) {
    return names().indexOf(column);
  }

  /** A statement that adds a row. */
  String insert() {
    return "insert into "
        + table.name()
        + " ("
        + String.join(", ", names())
        + ") values ("
        + String.join(",", columns.stream().map(column -> "?").toList())
        + ")";
  }

  /** A statement over all rows in the order in which they are compared, the same in both stores. */
  String inOrder(Dialect dialect) {
    String all = String.join(", ", names());
    if (dialect == Dialect.SQLITE && table.name().equals(MovedTable.JOURNAL)) {
      return inOrderOfIndex();
    }
    if (dialect == Dialect.SQLITE && table.name().equals(MovedTable.UNCHANGED)) {
      // A file keeps each, and of those with one key only the last counts; its columns go with a
      // maximum.
      return "select "
          + all
          + ", max(position) from unchanged_requests group by customer_id, request_key order by "
          + order(dialect);
    }
    return "select " + all + " from " + table.name() + " order by " + order(dialect);
  }

  private String order(Dialect dialect) {
    return table.order().stream()
        .map(column ->
            dialect == Dialect.SQLITE && isText(column) ? column + " collate binary" : column)
        .collect(Collectors.joining(", "));
  }

  private boolean isText(String name) {
    return columns.stream()
        .anyMatch(column -> column.name().equals(name) && column.kind() == Kind.TEXT);
  }

  /**
   * A file's journal lies in order of arrival; its index, what waits to enter that, and the rows
   * behind are merged.
   */
  private String inOrderOfIndex() {
    String others = others("j.");
    String indexed = "select i.of_customer as customer_id, i.of_seq as seq" + others;
    return indexed
        + " from journal_index i cross join journal j on j.position = i.position union all "
        + indexed
        + " from journal_waiting i cross join journal j on j.position = i.position"
        + " union all select customer_id, seq"
        + others("")
        + " from journal where position > (select position from journal_indexed)"
        + " order by 1, 2";
  }

  private String others(String prefix) {
    return names().stream().skip(2).map(name -> ", " + prefix + name).collect(Collectors.joining());
  }
}
