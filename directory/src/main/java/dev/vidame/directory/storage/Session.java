package dev.vidame.directory.storage;

import dev.vidame.wire.CustomerId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One transaction's view of the store. Not thread-safe, and not to be kept after its unit of work.
 *
 * <p>Statements are constants of the code, so each session prepares one once and keeps it.
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

  /** How much a server sends of what may not be read to its end; SQLite sends row by row. */
  private static final int ROWS_AT_ONCE = 256;

  /** The lane of what belongs to no customer. */
  static final CustomerId SHARED = new CustomerId(new UUID(0, 0));

  private final Connection connection;
  private final Dialect dialect;
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private final List<Runnable> onRollback = new ArrayList<>();
  private final List<Runnable> onCommit = new ArrayList<>();
  private final LockedHeads heads = new LockedHeads(this);
  private @Nullable CustomerId lane;
  private boolean hasWritten;

  Session(Connection connection, Dialect dialect) {
    this.connection = connection;
    this.dialect = dialect;
  }

  /** Which database this is a view of. */
  public Dialect dialect() {
    return dialect;
  }

  /** The ends of journals that this transaction has locked, where others write at the same time. */
  public LockedHeads heads() {
    return heads;
  }

  /** Whose change this is; empty for what belongs to no customer. */
  public Optional<CustomerId> lane() {
    return Optional.ofNullable(lane);
  }

  /** Runs a part of a transaction that changes one customer, whom nobody else changes meanwhile. */
  <R> R inLane(CustomerId customer, Transactions.Work<R> work) throws SQLException {
    CustomerId outer = lane;
    lane = customer.equals(SHARED) ? null : customer;
    try {
      if (dialect == Dialect.POSTGRESQL) {
        heads.of(customer);
      }
      return work.run(this);
    } finally {
      lane = outer;
    }
  }

  /** Whether anything was written since this was last asked. */
  boolean takeHasWritten() {
    boolean result = hasWritten;
    hasWritten = false;
    return result;
  }

  /** The only row, or empty. */
  public <R> Optional<R> one(String sql, Binder binder, Mapper<R> mapper) throws SQLException {
    try (ResultSet rows = bound(sql, binder).executeQuery()) {
      return rows.next() ? Optional.of(mapper.map(new Row(rows, dialect))) : Optional.empty();
    }
  }

  /** All rows. */
  public <R> List<R> list(String sql, Binder binder, Mapper<R> mapper) throws SQLException {
    try (ResultSet rows = bound(sql, binder).executeQuery()) {
      List<R> result = new ArrayList<>();
      Row row = new Row(rows, dialect);
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
    if (dialect == Dialect.POSTGRESQL && connection.getAutoCommit()) {
      connection.setAutoCommit(
          false); // outside of a transaction the driver reads all rows before the first
    }
    PreparedStatement statement = bound(sql, binder);
    if (dialect == Dialect.POSTGRESQL) {
      statement.setFetchSize(ROWS_AT_ONCE);
    }
    try (ResultSet rows = statement.executeQuery()) {
      Row row = new Row(rows, dialect);
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

  /**
   * From now on nothing is left in the file of what is overwritten or deleted. A database server
   * removes it by itself, some time later.
   */
  public void leaveNoTrace() throws SQLException {
    if (dialect == Dialect.SQLITE) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("pragma secure_delete = on");
      }
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
    if (dialect == Dialect.POSTGRESQL) {
      return placed(sql, binder);
    }
    PreparedStatement statement = prepared(sql, sql);
    binder.bind(new NumberedArguments(statement));
    return statement;
  }

  private PreparedStatement placed(String sql, Binder binder) throws SQLException {
    PostgresSql own = PostgresSql.of(sql);
    PreparedStatement statement = prepared(sql, own.text());
    binder.bind(new PlacedArguments(statement, own));
    hasWritten |= !own.isQuery();
    return statement;
  }

  private PreparedStatement prepared(String sql, String text) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(text);
      statements.put(sql, statement);
    }
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

  /**
   * Prepares each statement anew when it is needed next. SQLite's driver ends a statement that met
   * a fault such as a full disk, without telling; kept, it would fail for ever.
   *
   * @param fault what happened; gets what goes wrong here as well
   */
  void forgetStatements(Throwable fault) {
    for (PreparedStatement statement : statements.values()) {
      try {
        statement.close();
      } catch (SQLException e) {
        fault.addSuppressed(e);
      }
    }
    statements.clear();
  }

  void close() throws SQLException {
    connection.close();
  }

  /** Begins a transaction for changes, whose statements see what was committed before each. */
  void begin() throws SQLException {
    connection.setAutoCommit(false);
  }

  /** Begins a transaction for reads, whose statements all see the same. */
  void beginReading() throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("set transaction isolation level repeatable read, read only");
    }
  }

  /** Ends a transaction. */
  void commit() throws SQLException {
    connection.commit();
  }

  /** Ends a transaction as if it had never begun. */
  void rollback() throws SQLException {
    connection.rollback();
  }

  /** Ends a transaction that a single statement may have begun. */
  void endOfQuery() throws SQLException {
    if (!connection.getAutoCommit()) {
      connection.commit();
      connection.setAutoCommit(true);
    }
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
