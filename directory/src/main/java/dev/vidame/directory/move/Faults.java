package dev.vidame.directory.move;

import java.sql.SQLException;
import java.util.Objects;

/** Says what a database's failure means for who moves a store. */
final class Faults {
  private static final String NOT_LET_IN = "28";

  private Faults() {}

  /** The failure of a store or of a database. The driver's messages hold no password. */
  static MoveException said(SQLException e) {
    String state = Objects.requireNonNullElse(e.getSQLState(), "");
    if (state.startsWith(NOT_LET_IN)) {
      return MoveException.unavailable(
          "The database does not let this user in with this password. See store.user, store.password and"
              + " store.password-file; nothing was changed.",
          e);
    }
    Throwable cause = e.getCause();
    String message =
        cause == null || !state.isEmpty()
            ? String.valueOf(e.getMessage())
            : e.getMessage() + ": " + cause.getMessage();
    return MoveException.unavailable(
        "A store cannot be had or failed on the way: "
            + message.strip()
            + ". Run the same command again once it answers; what is copied stays.",
        e);
  }
}
