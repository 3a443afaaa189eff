package dev.vidame.directory.move;

import dev.vidame.directory.storage.UnfinishedMove;
import dev.vidame.directory.storage.WholeStore;
import dev.vidame.directory.storage.WholeStore.Kind;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a database knows of a move to it that is not finished: which store it comes from, as that
 * was when the move began, and how far each table is. It goes with the pages, in their
 * transactions.
 */
final class MoveState {
  private static final String HISTORY = "schema_history";
  private static final String NAME_ANOTHER = " Name an empty database.";
  private static final String EMPTY_IT =
      " Empty the database (drop schema public cascade; create schema public;), or name another.";

  private static final String CREATE =
      "create table " + UnfinishedMove.TABLE + " (source text not null, state text not null)";

  private static final String CREATE_TABLES =
      "create table unfinished_move_tables (name text not null primary key, copied bigint not null,"
          + " last_key text not null, last_position bigint not null)";

  private static final String BEGIN =
      "insert into " + UnfinishedMove.TABLE + " (source, state) values (?,?)";

  private static final String BEGUN = "select source, state from " + UnfinishedMove.TABLE;

  private static final String MARK =
      "select copied, last_key, last_position from unfinished_move_tables where name = ?";

  private static final String FIRST =
      "insert into unfinished_move_tables (name, copied, last_key, last_position) values (?,?,?,?)";

  /** Only from where this move left it: two moves at the same time would find each other here. */
  private static final String NEXT =
      "update unfinished_move_tables set copied = ?, last_key = ?, last_position = ?"
          + " where name = ? and copied = ?";

  private final WholeStore target;

  MoveState(WholeStore target) {
    this.target = target;
  }

  /**
   * Looks whether the target may be moved to, before anything is done to it.
   *
   * @return whether an unfinished move goes on
   * @throws MoveException where something else is in it
   */
  boolean requireFree(SourceState source) throws SQLException, MoveException {
    Set<String> tables = new TreeSet<>(target.tables().keySet());
    if (tables.contains(UnfinishedMove.TABLE)) {
      requireSame(source);
      return true;
    }
    if (!tables.isEmpty() && !tables.contains(HISTORY)) {
      throw MoveException.refused(
          "The database has tables of something else: "
              + String.join(", ", tables)
              + "."
              + NAME_ANOTHER);
    }
    tables.remove(HISTORY);
    for (String table : tables) {
      if (target.number("select count(*) from (select 1 from \"" + table + "\" limit 1) r") > 0) {
        throw MoveException.refused(
            "The database is not empty: its table " + table + " has rows." + NAME_ANOTHER);
      }
    }
    return false;
  }

  private void requireSame(SourceState source) throws SQLException, MoveException {
    List<@Nullable Object> begun = target.rows(BEGUN, List.of(Kind.TEXT, Kind.TEXT)).getFirst();
    if (!source.identity().equals(begun.get(0))) {
      throw MoveException.refused(
          "The database holds the unfinished move of another store." + EMPTY_IT);
    }
    if (!source.state().equals(begun.get(1))) {
      throw MoveException.refused(
          "The store has changed since this move began, so what was copied is no longer right. Begin anew."
              + EMPTY_IT);
    }
  }

  /** From now on the database is that of an unfinished move. */
  void begin(SourceState source) throws SQLException {
    target.update(CREATE);
    target.update(CREATE_TABLES);
    target.update(BEGIN, source.identity(), source.state());
    target.commit();
  }

  /** How far a table is. */
  Mark mark(MovedTable table) throws SQLException {
    List<List<@Nullable Object>> rows =
        target.rows(MARK, List.of(Kind.NUMBER, Kind.TEXT, Kind.NUMBER), table.name());
    if (rows.isEmpty()) {
      return Mark.START;
    }
    List<@Nullable Object> row = rows.getFirst();
    return new Mark(
        (Long) Objects.requireNonNull(row.get(0)),
        Mark.key((String) Objects.requireNonNull(row.get(1))),
        (Long) Objects.requireNonNull(row.get(2)));
  }

  /** Notes a page, in its transaction. */
  void advance(MovedTable table, Mark from, Mark to) throws SQLException, MoveException {
    int noted =
        from.copied() == 0
            ? target.update(FIRST, table.name(), to.copied(), to.keyText(), to.position())
            : target.update(
                NEXT, to.copied(), to.keyText(), to.position(), table.name(), from.copied());
    if (noted != 1) {
      throw MoveException.refused("Another move to this database runs at the same time.");
    }
  }

  /** The database is a store like any other from now on. */
  void finish() throws SQLException {
    target.update("drop table unfinished_move_tables");
    target.update("drop table " + UnfinishedMove.TABLE);
    target.commit();
  }
}
