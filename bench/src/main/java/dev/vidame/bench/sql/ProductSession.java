package dev.vidame.bench.sql;

import dev.vidame.bench.BenchException;
import dev.vidame.bench.sql.PatchWork.Account;
import dev.vidame.bench.sql.PatchWork.Change;
import dev.vidame.directory.storage.Arguments;
import dev.vidame.directory.storage.Row;
import dev.vidame.directory.storage.Session;
import dev.vidame.directory.storage.SqliteTransactions;
import dev.vidame.directory.storage.Transactions;
import dev.vidame.wire.CustomerId;
import java.nio.file.Path;
import java.sql.SQLException;

/** The product: its session, its group commit. */
final class ProductSession implements Contestant {
  private final Transactions transactions;
  private long position;

  private ProductSession(Transactions transactions) {
    this.transactions = transactions;
  }

  static Contestant open(Path store) {
    try {
      return new ProductSession(SqliteTransactions.open(store));
    } catch (SQLException e) {
      throw new BenchException("The store cannot be opened", e);
    }
  }

  @Override
  public String name() {
    return "product's session";
  }

  @Override
  public String writerThread() {
    return "vidame-writer";
  }

  @Override
  public void patch(Change change) {
    transactions.write(new CustomerId(change.customer()), session -> run(session, change));
  }

  private int run(Session session, Change change) throws SQLException {
    Account account =
        session
            .one(
                PatchWork.READ_USER,
                arguments -> arguments.uuid(change.customer()).uuid(change.user()),
                ProductSession::account)
            .orElseThrow();
    long next = ++position;
    session.update(PatchWork.INSERT_JOURNAL, arguments -> bind(arguments, change, account, next));
    return session.update(
        PatchWork.UPDATE_USER,
        arguments ->
            arguments
                .number(next)
                .text(change.displayName())
                .text(account.firstName())
                .text(account.lastName())
                .text(account.usageLocation())
                .text(account.phoneNumber())
                .bool(account.forceChangePassword())
                .uuid(change.customer())
                .uuid(change.user()));
  }

  private static void bind(Arguments arguments, Change change, Account account, long position)
      throws SQLException {
    arguments
        .uuid(change.customer())
        .number(position)
        .number(PatchWork.AT)
        .bytes(PatchWork.guid())
        .bytes(PatchWork.guid())
        .bytes(PatchWork.guid())
        .text(PatchWork.OPERATION)
        .uuid(change.user())
        .bytes(PatchWork.guid())
        .bytes(PatchWork.guid())
        .bytes(PatchWork.guid())
        .bytes(PatchWork.guid())
        .text(change.changes(account))
        .bytes(PatchWork.guid())
        .bytes(PatchWork.hash())
        .bytes(PatchWork.hash())
        .number(position);
  }

  private static Account account(Row row) throws SQLException {
    return new Account(
        row.uuid(1),
        row.uuid(2),
        row.number(3),
        row.text(4),
        row.text(5),
        row.optionalText(6),
        row.optionalText(7),
        row.optionalText(8),
        row.optionalText(9),
        row.optionalText(10),
        row.bool(11),
        null);
  }

  @Override
  public void close() {
    transactions.close();
  }
}
