package dev.vidame.bench.sql;

import static dev.vidame.bench.SeededStore.bytes;

import dev.vidame.bench.sql.PatchWork.Account;
import dev.vidame.bench.sql.PatchWork.Change;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * By JDBI's core in its leanest form: parameters by position, a row mapper by hand, no reflection.
 */
final class JdbiStatements implements Statements {
  private final Handle handle;

  private JdbiStatements(Handle handle) {
    this.handle = handle;
  }

  /** As it comes: every statement is prepared each time. */
  static Statements asItComes(Connection connection) {
    return new JdbiStatements(Jdbi.create(connection).open());
  }

  /** With a statement builder of ours that keeps prepared statements, which JDBI has none for. */
  static Statements keepingStatements(Connection connection) {
    Jdbi jdbi = Jdbi.create(connection);
    jdbi.setStatementBuilderFactory(sameConnection -> new KeptStatements());
    return new JdbiStatements(jdbi.open());
  }

  @Override
  public void patch(Change change, long position) {
    Account account =
        handle
            .createQuery(PatchWork.READ_USER)
            .bind(0, bytes(change.customer()))
            .bind(1, bytes(change.user()))
            .map((row, context) -> JdbcStatements.account(row))
            .one();
    insert(change, account, position);
    handle
        .createUpdate(PatchWork.UPDATE_USER)
        .bind(0, position)
        .bind(1, change.displayName())
        .bind(2, account.firstName())
        .bind(3, account.lastName())
        .bind(4, account.usageLocation())
        .bind(5, account.phoneNumber())
        .bind(6, account.forceChangePassword() ? 1L : 0L)
        .bind(7, bytes(change.customer()))
        .bind(8, bytes(change.user()))
        .execute();
  }

  private void insert(Change change, Account account, long position) {
    handle
        .createUpdate(PatchWork.INSERT_JOURNAL)
        .bind(0, bytes(change.customer()))
        .bind(1, position)
        .bind(2, PatchWork.AT)
        .bind(3, PatchWork.guid())
        .bind(4, PatchWork.guid())
        .bind(5, PatchWork.guid())
        .bind(6, PatchWork.OPERATION)
        .bind(7, bytes(change.user()))
        .bind(8, PatchWork.guid())
        .bind(9, PatchWork.guid())
        .bind(10, PatchWork.guid())
        .bind(11, PatchWork.guid())
        .bind(12, change.changes(account))
        .bind(13, PatchWork.guid())
        .bind(14, PatchWork.hash())
        .bind(15, PatchWork.hash())
        .bind(16, position)
        .execute();
  }

  /** Prepares each statement once. */
  private static final class KeptStatements extends DefaultStatementBuilder {
    private final Map<String, PreparedStatement> kept = new HashMap<>();

    @Override
    public PreparedStatement create(Connection connection, String sql, StatementContext context)
        throws SQLException {
      PreparedStatement statement = kept.get(sql);
      if (statement == null) {
        statement = super.create(connection, sql, context);
        kept.put(sql, statement);
      }
      return statement;
    }

    @Override
    public void close(Connection connection, String sql, java.sql.Statement statement) {}
  }
}
