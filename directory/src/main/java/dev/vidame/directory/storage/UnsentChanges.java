package dev.vidame.directory.storage;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes that a transaction on a server makes, and questions that it asks, together with its next
 * statement, so that they have no round trip of their own. Not thread-safe.
 */
final class UnsentChanges {
  private final List<Change> changes = new ArrayList<>();

  /**
   * One of them.
   *
   * @param isHarmless whether it changes no row
   * @param question who wants its answer, where it has one
   */
  record Change(
      PostgresSql sql, Session.Binder binder, boolean isHarmless, @Nullable Asked<?> question) {
    /** The answer is the statement's current result. */
    void answered(PreparedStatement statement) throws SQLException {
      if (question != null) {
        question.take(statement.getResultSet());
      }
    }
  }

  boolean isEmpty() {
    return changes.isEmpty();
  }

  void add(PostgresSql sql, Session.Binder binder) {
    changes.add(new Change(sql, binder, false, null));
  }

  /** A setting of the transaction, which cannot fail. */
  void addSetting(PostgresSql sql, Session.Binder binder) {
    changes.add(new Change(sql, binder, true, null));
  }

  void add(Asked<?> question) {
    changes.add(new Change(PostgresSql.of(question.sql()), question.binder(), true, question));
  }

  /** The last one, which whoever takes it sends behind the others. */
  Change takeLast() {
    return changes.removeLast();
  }

  void forget() {
    changes.clear();
  }

  /** All of them and a statement behind them. */
  String textWith(PostgresSql last) {
    if (changes.isEmpty()) {
      return last.text();
    }
    StringBuilder text = new StringBuilder();
    changes.forEach(change -> text.append(change.sql().text()).append(";\n"));
    return text.append(last.text()).toString();
  }

  /**
   * Runs all of them and a statement behind them, whose result is the statement's current one then.
   *
   * @param statement prepared from {@link #textWith}
   * @throws UnsentChangeException when there were any that change rows, because nobody knows which
   *     one failed
   */
  void run(PreparedStatement statement, PostgresSql last, Session.Binder binder)
      throws SQLException {
    List<Change> sent = List.copyOf(changes);
    changes.clear();
    int places = 0;
    for (Change change : sent) {
      change.binder().bind(new PlacedArguments(statement, change.sql(), places));
      places += change.sql().allPlaces();
    }
    binder.bind(new PlacedArguments(statement, last, places));
    try {
      statement.execute();
      for (Change change : sent) {
        change.answered(statement);
        statement.getMoreResults();
      }
    } catch (SQLException e) {
      throw sent.stream().allMatch(Change::isHarmless) ? e : new UnsentChangeException(e);
    }
  }

  /** What was sent together failed, and nobody knows whose part it was. */
  static final class UnsentChangeException extends SQLException {
    private static final long serialVersionUID = 1L;

    private final SQLException fault;

    UnsentChangeException(SQLException fault) {
      super(fault.getMessage(), fault.getSQLState(), fault);
      this.fault = fault;
    }

    SQLException fault() {
      return fault;
    }
  }
}
