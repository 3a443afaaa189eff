package dev.vidame.directory.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One transaction's view of the store. Not thread-safe, and not to be kept after its unit of work.
 *
 * <p>Statements are constants of the code, so each connection prepares one once and keeps it.
 */
public final class Session {

  /** Gives a statement its parameters. */
  @FunctionalInterface
  public interface Binder {
    /** Binds all parameters, in their order. */
    void bind(Arguments arguments) throws SQLException;
  }

  /**
   * Reads a row.
   *
   * @param <R> what a row becomes
   */
  @FunctionalInterface
  public interface Mapper<R> {
    /** Reads the current row. */
    R map(Row row) throws SQLException;
  }

  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private final List<Runnable> onRollback = new ArrayList<>();
  private final List<Runnable> onCommit = new ArrayList<>();

  Session(Connection connection) {
    this.connection = connection;
  }

  /** The only row, or empty. */
  public <R> Optional<R> one(String sql, Binder binder, Mapper<R> mapper) throws SQLException {
    try (ResultSet rows = bound(sql, binder).executeQuery()) {
      return rows.next() ? Optional.of(mapper.map(new Row(rows))) : Optional.empty();
    }
  }

  /** All rows. */
  public <R> List<R> list(String sql, Binder binder, Mapper<R> mapper) throws SQLException {
    try (ResultSet rows = bound(sql, binder).executeQuery()) {
      List<R> result = new ArrayList<>();
      Row row = new Row(rows);
      while (rows.next()) {
        result.add(mapper.map(row));
      }
      return result;
    }
  }

  /** Looks at a row, and tells whether to go on to the next. */
  @FunctionalInterface
  public interface Visitor {
    /** Visits the current row. */
    boolean visit(Row row) throws SQLException;
  }

  /** Reads row by row for as long as the visitor wants. */
  public void scan(String sql, Binder binder, Visitor visitor) throws SQLException {
    try (ResultSet rows = bound(sql, binder).executeQuery()) {
      Row row = new Row(rows);
      boolean goesOn = true;
      while (goesOn && rows.next()) {
        goesOn = visitor.visit(row);
      }
    }
  }

  /** Whether there is a row. */
  public boolean exists(String sql, Binder binder) throws SQLException {
    try (ResultSet rows = bound(sql, binder).executeQuery()) {
      return rows.next();
    }
  }

  /** Changes rows and tells how many. */
  public int update(String sql, Binder binder) throws SQLException {
    return bound(sql, binder).executeUpdate();
  }

  /** Runs the action if this unit of work turns out not to have happened. */
  public void onRollback(Runnable action) {
    onRollback.add(action);
  }

  /** Runs the action on the committing thread once this unit of work is on disk. */
  public void onCommit(Runnable action) {
    onCommit.add(action);
  }

  private PreparedStatement bound(String sql, Binder binder) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    binder.bind(new Arguments(statement));
    return statement;
  }

  void execute(String sql) throws SQLException {
    bound(sql, arguments -> {}).execute();
  }

  /**
   * What the unit of work just run wants done if the transaction fails later. Starts a new list.
   */
  Hooks takeHooks() {
    Hooks hooks = new Hooks(List.copyOf(onCommit), List.copyOf(onRollback));
    onCommit.clear();
    onRollback.clear();
    return hooks;
  }

  void close() throws SQLException {
    connection.close();
  }

  /** Actions to run when the fate of a unit of work is known. */
  record Hooks(List<Runnable> onCommit, List<Runnable> onRollback) {
    void committed() {
      onCommit.forEach(Runnable::run);
    }

    void rolledBack() {
      onRollback.reversed().forEach(Runnable::run);
    }
  }
}
