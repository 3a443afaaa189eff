package dev.vidame.directory.move;

import dev.vidame.directory.journal.Journal;
import dev.vidame.directory.storage.WholeStore;
import dev.vidame.directory.storage.WholeStore.Kind;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Copies a table page by page, each from where the one before ended. Commits nothing. */
final class Pages {
  private static final String REMEMBER =
      " on conflict (customer_id, request_key) do update set subject_id = excluded.subject_id,"
          + " seq = excluded.seq, at = excluded.at, body_hash = excluded.body_hash";

  private static final String MOVE_HEAD =
      "insert into journal_heads (customer_id, seq, hash) values (?,?,?)"
          + " on conflict (customer_id) do update set seq = excluded.seq, hash = excluded.hash";

  private static final String LAST_ROW =
      "select customer_id, seq from journal where position <= ? order by position desc limit 1";

  private static final String POSITION =
      "select position from journal where customer_id = ? and seq = ?";

  private final WholeStore source;
  private final WholeStore target;
  private final Shape shape;
  private final List<Kind> kinds;
  private final String select;
  private final int atOnce;

  Pages(WholeStore source, WholeStore target, Shape shape, int atOnce) {
    this.source = source;
    this.target = target;
    this.shape = shape;
    this.atOnce = atOnce;
    List<String> names = new ArrayList<>(shape.names());
    List<Kind> read = new ArrayList<>(shape.kinds());
    if (shape.table().name().equals(MovedTable.UNCHANGED)) {
      names.add("position");
      read.add(Kind.NUMBER);
    }
    this.kinds = List.copyOf(read);
    this.select = "select " + String.join(", ", names) + " from " + shape.table().name();
  }

  /**
   * The order in which tables are copied: positions of the journal are there before they are asked
   * for.
   */
  static List<Shape> ordered(List<Shape> shapes) {
    List<Shape> ordered = new ArrayList<>(shapes);
    ordered.sort((a, b) ->
        Boolean.compare(
            a.table().name().equals(MovedTable.REFUSED),
            b.table().name().equals(MovedTable.REFUSED)));
    return ordered;
  }

  /** Copies the next page. Empty where the table was at its end. */
  @Nullable Mark copyNext(Mark mark) throws SQLException {
    List<List<@Nullable Object>> rows = read(mark.key());
    if (rows.isEmpty()) {
      return null;
    }
    try {
      long position = write(rows, mark.position());
      return new Mark(mark.copied() + rows.size(), key(rows.getLast()), position);
    } catch (BatchUpdateException e) {
      // Its own message holds the row, with whatever secrets that has.
      SQLException first = Objects.requireNonNullElse(e.getNextException(), e);
      throw new SQLException(
          "A row of table " + shape.table().name() + " cannot be written: " + first.getMessage(),
          first.getSQLState(),
          first);
    }
  }

  private long write(List<List<@Nullable Object>> rows, long before) throws SQLException {
    return switch (shape.table().name()) {
      case MovedTable.JOURNAL -> writeJournal(rows, before);
      case MovedTable.UNCHANGED -> writeUnchanged(rows);
      case MovedTable.REFUSED -> writeRefused(rows);
      default -> {
        target.updateAll(shape.insert(), rows);
        yield 0;
      }
    };
  }

  private List<List<@Nullable Object>> read(List<Object> after) throws SQLException {
    String key = String.join(", ", shape.table().key());
    String from =
        after.isEmpty()
            ? ""
            : " where ("
                + key
                + ") > ("
                + String.join(",", after.stream().map(value -> "?").toList())
                + ")";
    return source.rows(
        select + from + " order by " + key + " limit " + atOnce, kinds, after.toArray());
  }

  private List<Object> key(List<@Nullable Object> row) {
    List<Object> key = new ArrayList<>();
    for (String column : shape.table().key()) {
      int index = shape.index(column);
      key.add(Objects.requireNonNull(row.get(index < 0 ? row.size() - 1 : index)));
    }
    return List.copyOf(key);
  }

  /** In a database a position is a time. The order stays, and none is there twice. */
  private long writeJournal(List<List<@Nullable Object>> rows, long before) throws SQLException {
    int position = shape.index("position");
    int at = shape.index("at");
    long last = before;
    List<List<@Nullable Object>> moved = new ArrayList<>(rows.size());
    Map<Object, List<@Nullable Object>> heads = new LinkedHashMap<>();
    for (List<@Nullable Object> row : rows) {
      last = Math.max(last + 1, Journal.positionOf(instant(row.get(at))));
      moved.add(with(row, position, last));
      Object customer = Objects.requireNonNull(row.get(shape.index(MovedTable.CUSTOMER)));
      List<@Nullable Object> head = new ArrayList<>();
      head.add(customer);
      head.add(row.get(shape.index("seq")));
      head.add(row.get(shape.index("hash")));
      heads.put(customer, head);
    }
    target.updateAll(shape.insert(), moved);
    target.updateAll(MOVE_HEAD, List.copyOf(heads.values()));
    return last;
  }

  private static Instant instant(@Nullable Object micros) {
    return Instant.EPOCH.plus((Long) Objects.requireNonNull(micros), ChronoUnit.MICROS);
  }

  private static List<@Nullable Object> with(
      List<@Nullable Object> row, int index, @Nullable Object value) {
    List<@Nullable Object> changed = new ArrayList<>(row);
    changed.set(index, value);
    return changed;
  }

  /** Of several requests with one key the last one counts, also within a page. */
  private long writeUnchanged(List<List<@Nullable Object>> rows) throws SQLException {
    int customer = shape.index(MovedTable.CUSTOMER);
    int request = shape.index("request_key");
    Map<String, List<@Nullable Object>> last = new LinkedHashMap<>();
    for (List<@Nullable Object> row : rows) {
      String key =
          new Mark(
                  0,
                  List.of(
                      Objects.requireNonNull(row.get(customer)),
                      Objects.requireNonNull(row.get(request))),
                  0)
              .keyText();
      last.put(key, row.subList(0, row.size() - 1));
    }
    Collection<List<@Nullable Object>> once = last.values();
    target.updateAll(shape.insert() + REMEMBER, List.copyOf(once));
    return 0;
  }

  /** A refused request stays behind the same row of the journal. Its number stays, too. */
  private long writeRefused(List<List<@Nullable Object>> rows) throws SQLException {
    int after = shape.index("after_position");
    Map<Object, Long> translated = new HashMap<>();
    List<List<@Nullable Object>> moved = new ArrayList<>(rows.size());
    for (List<@Nullable Object> row : rows) {
      Object position = Objects.requireNonNull(row.get(after));
      Long known = translated.get(position);
      if (known == null) {
        known = translate(position);
        translated.put(position, known);
      }
      moved.add(with(row, after, known));
    }
    target.updateAll(shape.insert(), moved);
    return 0;
  }

  private long translate(Object position) throws SQLException {
    List<List<@Nullable Object>> last =
        source.rows(LAST_ROW, List.of(Kind.ID, Kind.NUMBER), position);
    return last.isEmpty()
        ? 0
        : target.number(
            POSITION,
            Objects.requireNonNull(last.getFirst().get(0)),
            Objects.requireNonNull(last.getFirst().get(1)));
  }
}
