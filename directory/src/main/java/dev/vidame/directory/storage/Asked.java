package dev.vidame.directory.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A question for one row at most, whose answer is wanted later. A server gets it together with the
 * next statement, so that both take one round trip; a file is asked when the answer is wanted. Not
 * thread-safe, and not to be kept after its unit of work.
 *
 * @param <R> what a row becomes
 */
public final class Asked<R> {
  private final Session session;
  private final String sql;
  private final Session.Binder binder;
  private final Session.Mapper<R> mapper;
  private boolean isAnswered;
  private Optional<R> answer = Optional.empty();

  Asked(Session session, String sql, Session.Binder binder, Session.Mapper<R> mapper) {
    this.session = session;
    this.sql = sql;
    this.binder = binder;
    this.mapper = mapper;
  }

  /** The row, or empty, as it was when the question was sent. */
  public Optional<R> answer() throws SQLException {
    if (!isAnswered) {
      session.answer(this);
    }
    return answer;
  }

  boolean isAnswered() {
    return isAnswered;
  }

  String sql() {
    return sql;
  }

  Session.Binder binder() {
    return binder;
  }

  /** The store has answered. */
  void take(ResultSet rows) throws SQLException {
    answer = rows.next() ? Optional.of(mapper.map(new Row(rows, session.dialect()))) : answer;
    isAnswered = true;
  }
}
