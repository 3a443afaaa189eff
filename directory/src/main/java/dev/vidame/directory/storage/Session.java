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

  /**
   * A part of a unit of work.
   *
   * @param <R> what comes out
   */
  @FunctionalInterface
  public interface Part<R> {
    /** Runs in the session that it is a part of. */
    R run() throws SQLException;
  }

  /** How much a server sends of what may not be read to its end; SQLite sends row by row. */
  private static final int ROWS_AT_ONCE = 256;

  private static final PostgresSql READING =
      PostgresSql.of("set transaction isolation level repeatable read, read only");

  /** The lane of what belongs to no customer. */
  static final CustomerId SHARED = new CustomerId(new UUID(0, 0));

  private final Connection connection;
  private final Dialect dialect;
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private final List<Runnable> onRollback = new ArrayList<>();
  private final List<Runnable> onCommit = new ArrayList<>();
  private final LockedHeads heads = new LockedHeads(this);
  private final UnsentChanges unsent = new UnsentChanges();
  private final boolean hasWall;
  private Optional<UUID> onBehalfOf = Optional.empty();
  private @Nullable CustomerId lane;
  private boolean hasWritten;
  private boolean sendsAtOnce;

  Session(Connection connection, Dialect dialect) {
    this(connection, dialect, false);
  }

  /**
   * A view of a store.
   *
   * @param hasWall whether the store keeps partners apart
   */
  Session(Connection connection, Dialect dialect, boolean hasWall) {
    this.connection = connection;
    this.dialect = dialect;
    this.hasWall = hasWall;
  }

  /** From now on this transaction works for a partner, or for nobody. */
  void isOnBehalfOf(Optional<UUID> partner) throws SQLException {
    if (hasWall && !partner.equals(onBehalfOf)) {
      onBehalfOf = partner;
      if (!connection.getAutoCommit()) {
        PartnerWall.enter(unsent, partner);
      }
    }
  }

  /** Where each statement is a transaction of its own, each has to be told. */
  private void enterAlone() throws SQLException {
    if (onBehalfOf.isPresent() && connection.getAutoCommit()) {
      PartnerWall.enter(unsent, onBehalfOf);
    }
  }

  /**
   * Runs a part of a transaction that must know or end what other partners have with the same
   * customer. Where the store keeps partners apart, it does not here, so each statement of the part
   * must name that customer.
   */
  public <R> R acrossPartners(Part<R> part) throws SQLException {
    Optional<UUID> partner = onBehalfOf;
    isOnBehalfOf(Optional.empty());
    try {
      return part.run();
    } finally {
      isOnBehalfOf(partner);
    }
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

  /**
   * Runs a part of a transaction that changes one customer, whom nobody else changes meanwhile, or
   * what belongs to no customer, which nobody else changes either.
   */
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
    try (ResultSet rows = queried(sql, binder)) {
      return rows.next() ? Optional.of(mapper.map(new Row(rows, dialect))) : Optional.empty();
    }
  }

  /**
   * The only row, or empty, wanted later: on a server no earlier than it is asked for something
   * else, so that both take one round trip.
   */
  public <R> Asked<R> ask(String sql, Binder binder, Mapper<R> mapper) throws SQLException {
    Asked<R> question = new Asked<>(this, sql, binder, mapper);
    if (dialect == Dialect.POSTGRESQL && !sendsAtOnce && !connection.getAutoCommit()) {
      unsent.add(question);
    }
    return question;
  }

  /** Asks the store, if it has not been asked with something else. */
  void answer(Asked<?> question) throws SQLException {
    sendUnsent();
    if (!question.isAnswered()) {
      try (ResultSet rows = queried(question.sql(), question.binder())) {
        question.take(rows);
      }
    }
  }

  /** All rows. */
  public <R> List<R> list(String sql, Binder binder, Mapper<R> mapper) throws SQLException {
    try (ResultSet rows = queried(sql, binder)) {
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
      enterAlone();
      connection.setAutoCommit(
          false); // outside of a transaction the driver reads all rows before the first
    }
    sendUnsent(); // only a statement that is sent alone is answered in parts
    try (ResultSet rows = queried(sql, binder, ROWS_AT_ONCE)) {
      Row row = new Row(rows, dialect);
      boolean goesOn = true;
      while (goesOn && rows.next()) {
        goesOn = visitor.visit(row);
      }
    }
  }

  /** Whether there is a row. */
  public boolean exists(String sql, Binder binder) throws SQLException {
    try (ResultSet rows = queried(sql, binder)) {
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
    return dialect == Dialect.POSTGRESQL
        ? run(PostgresSql.of(sql), binder, 0).getUpdateCount()
        : bound(sql, binder).executeUpdate();
  }

  /**
   * Changes rows, on a server no earlier than it is asked for something else, so that both take one
   * round trip. For changes that only faults can hinder: where one fails, what it was sent with
   * fails, and all of the transaction is done again step by step.
   */
  public void updateLater(String sql, Binder binder) throws SQLException {
    if (dialect == Dialect.SQLITE || sendsAtOnce) {
      update(sql, binder);
    } else {
      unsent.add(PostgresSql.of(sql), binder);
      hasWritten = true;
    }
  }

  /** From now on every change is sent by itself, so that it is known which one fails. */
  void sendAtOnce() {
    sendsAtOnce = true;
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
    PreparedStatement statement = prepared(sql);
    binder.bind(new NumberedArguments(statement));
    return statement;
  }

  private ResultSet queried(String sql, Binder binder) throws SQLException {
    return queried(sql, binder, 0);
  }

  private ResultSet queried(String sql, Binder binder, int rowsAtOnce) throws SQLException {
    return dialect == Dialect.POSTGRESQL
        ? run(PostgresSql.of(sql), binder, rowsAtOnce).getResultSet()
        : bound(sql, binder).executeQuery();
  }

  /** Runs a statement on a server, behind all that is unsent. */
  private PreparedStatement run(PostgresSql own, Binder binder, int rowsAtOnce)
      throws SQLException {
    enterAlone();
    PreparedStatement statement = prepared(unsent.textWith(own));
    statement.setFetchSize(rowsAtOnce);
    unsent.run(statement, own, binder);
    hasWritten |= !own.isQuery();
    return statement;
  }

  private PreparedStatement prepared(String text) throws SQLException {
    PreparedStatement statement = statements.get(text);
    if (statement == null) {
      statement = connection.prepareStatement(dialect.prepared(text));
      statements.put(text, statement);
    }
    return statement;
  }

  /** Sends all that is unsent. To be called before the commit. */
  void sendUnsent() throws SQLException {
    if (!unsent.isEmpty()) {
      UnsentChanges.Change last = unsent.takeLast();
      last.answered(run(last.sql(), last.binder(), 0));
    }
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
    unsent.addSetting(READING, none -> {});
  }

  /** Ends a transaction. */
  void commit() throws SQLException {
    connection.commit();
  }

  /** Ends a transaction as if it had never begun. */
  void rollback() throws SQLException {
    unsent.forget();
    onBehalfOf = Optional.empty();
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
