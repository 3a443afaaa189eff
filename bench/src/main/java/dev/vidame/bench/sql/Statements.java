package dev.vidame.bench.sql;

import dev.vidame.bench.sql.PatchWork.Change;
import java.sql.Connection;
import java.sql.SQLException;

/** The statements of one PATCH over one connection. Used by one thread. */
@FunctionalInterface
interface Statements {
  /**
   * Runs them in the transaction that is open.
   *
   * @param position the journal row's place
   */
  void patch(Change change, long position) throws SQLException;

  /** Makes them over a connection. */
  @FunctionalInterface
  interface Factory {
    /** Statements over this connection, whose transactions somebody else begins and ends. */
    Statements over(Connection connection) throws SQLException;
  }
}
