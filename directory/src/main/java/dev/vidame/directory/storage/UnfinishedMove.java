package dev.vidame.directory.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Keeps servers away from a database that another store is only half copied to. */
public final class UnfinishedMove {
  /** The table that is there until a copy is proved. */
  public static final String TABLE = "unfinished_move";

  private static final String EXISTS =
      "select 1 from information_schema.tables where table_schema = current_schema() and table_name = ?";

  private UnfinishedMove() {}

  static void refuse(DataSource source) throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement(EXISTS)) {
      statement.setString(1, TABLE);
      try (ResultSet rows = statement.executeQuery()) {
        if (rows.next()) {
          throw new SQLException(
              "A move to it is not finished: run vidame admin move again, or empty the database");
        }
      }
    }
  }
}
