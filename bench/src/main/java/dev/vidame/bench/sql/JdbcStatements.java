package dev.vidame.bench.sql;

import static dev.vidame.bench.SeededStore.bytes;

import dev.vidame.bench.sql.PatchWork.Account;
import dev.vidame.bench.sql.PatchWork.Change;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** By hand on plain JDBC. */
final class JdbcStatements implements Statements {
  private final PreparedStatement read;
  private final PreparedStatement insert;
  private final PreparedStatement update;

  JdbcStatements(Connection connection) throws SQLException {
    read = connection.prepareStatement(PatchWork.READ_USER);
    insert = connection.prepareStatement(PatchWork.INSERT_JOURNAL);
    update = connection.prepareStatement(PatchWork.UPDATE_USER);
  }

  @Override
  public void patch(Change change, long position) throws SQLException {
    Account account = read(change);
    insert(change, account, position);
    update.setLong(1, position);
    update.setString(2, change.displayName());
    update.setString(3, account.firstName());
    update.setString(4, account.lastName());
    update.setString(5, account.usageLocation());
    update.setString(6, account.phoneNumber());
    update.setLong(7, account.forceChangePassword() ? 1 : 0);
    update.setBytes(8, bytes(change.customer()));
    update.setBytes(9, bytes(change.user()));
    update.executeUpdate();
  }

  private Account read(Change change) throws SQLException {
    read.setBytes(1, bytes(change.customer()));
    read.setBytes(2, bytes(change.user()));
    try (ResultSet row = read.executeQuery()) {
      row.next();
      return account(row);
    }
  }

  /** Reads a row of {@link PatchWork#READ_USER}. */
  static Account account(ResultSet row) throws SQLException {
    return new Account(
        PatchWork.uuid(row.getBytes(1)),
        PatchWork.uuid(row.getBytes(2)),
        row.getLong(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        row.getString(8),
        row.getString(9),
        row.getString(10),
        row.getLong(11) != 0,
        null);
  }

  private void insert(Change change, Account account, long position) throws SQLException {
    insert.setBytes(1, bytes(change.customer()));
    insert.setLong(2, position);
    insert.setLong(3, PatchWork.AT);
    insert.setBytes(4, PatchWork.guid());
    insert.setBytes(5, PatchWork.guid());
    insert.setBytes(6, PatchWork.guid());
    insert.setString(7, PatchWork.OPERATION);
    insert.setBytes(8, bytes(change.user()));
    insert.setBytes(9, PatchWork.guid());
    insert.setBytes(10, PatchWork.guid());
    insert.setBytes(11, PatchWork.guid());
    insert.setBytes(12, PatchWork.guid());
    insert.setString(13, change.changes(account));
    insert.setBytes(14, PatchWork.guid());
    insert.setBytes(15, PatchWork.hash());
    insert.setBytes(16, PatchWork.hash());
    insert.setLong(17, position);
    insert.executeUpdate();
  }
}
