package dev.vidame.directory.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.wire.CustomerId;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a SQLite file has. */
class SqliteTransactionsTest {
  private static final CustomerId CUSTOMER = new CustomerId(new UUID(1, 1));
  private static final String INSERT =
      "insert into partners (partner_id, name, created_at) values (?, ?, 0)";
  private static final String COUNT = "select count(*) from partners";

  @TempDir private Path folder;
  private SqliteTransactions transactions;

  @BeforeEach
  void open() throws SQLException {
    transactions = SqliteTransactions.open(folder.resolve("vidame.db"));
  }

  @AfterEach
  void close() {
    transactions.close();
  }

  private long count() {
    return transactions.read(
        session -> session.one(COUNT, none -> {}, row -> row.number(1)).orElseThrow());
  }

  private static int insert(Session session, long id) throws SQLException {
    return session.update(INSERT, row -> row.uuid(new UUID(0, id)).text("p" + id));
  }

  /** Its driver ends a statement that met a fault, and says so only when it is used again. */
  @Test
  void storeThatWasFullTakesChangesAgain() {
    transactions.writeShared(session -> insert(session, 1));
    transactions.writeShared(
        session -> session.exists("pragma max_page_count = 1", none -> {})); // no more than now

    long id = 2;
    while (isCommitted(id)) {
      id++;
    }
    long last = id;
    assertThat(isCommitted(last + 1)).isFalse();
    transactions.writeShared(
        session -> session.exists("pragma max_page_count = 100000", none -> {}));

    assertThat(isCommitted(last + 2)).isTrue();
    assertThat(isCommitted(last)).isTrue();
    assertThat(count()).isEqualTo(last + 1);
  }

  private boolean isCommitted(long id) {
    try {
      return transactions.writeShared(session ->
          session.update(INSERT, row -> row.uuid(new UUID(0, id)).text("p".repeat(1_000) + id)))
          == 1;
    } catch (DirectoryException e) {
      assertThat(e.failure()).isEqualTo(new Failure.StoreUnavailable());
      return false;
    }
  }

  @Test
  void statementThatMetAFaultReadsAgain() {
    String sql = "select abs(?)";
    for (int i = 0; i < 10; i++) { // more often than there are readers
      assertThatThrownBy(() ->
              transactions.query(session ->
                  session.one(sql, row -> row.number(Long.MIN_VALUE), row -> row.number(1))))
          .isInstanceOf(DirectoryException.class);
    }
    for (int i = 0; i < 10; i++) {
      long value =
          transactions.read(session ->
              session.one(sql, row -> row.number(-7), row -> row.number(1)).orElseThrow());
      assertThat(value).isEqualTo(7);
    }
  }

  /**
   * Ending the transaction fails here too, as after some faults; that must not hide what came
   * first.
   */
  @Test
  void failedReadTellsWhatFailedFirst() {
    assertThatThrownBy(() ->
            transactions.read(session -> {
              session.update("rollback", none -> {});
              throw new IllegalStateException("came first");
            }))
        .hasMessage("came first");
    assertThat(count()).isZero();
  }

  @Test
  void closingLeavesNothingInTheLogBesideTheStore() {
    transactions.close();

    assertThat(folder.resolve("vidame.db")).isNotEmptyFile();
    assertThat(folder.resolve("vidame.db-wal")).doesNotExist();
  }

  @Test
  void storeIsInWalModeAndSyncsFully() throws SQLException {
    String mode =
        transactions.read(session ->
            session.one("pragma journal_mode", none -> {}, row -> row.text(1)).orElseThrow());
    long synchronous =
        transactions.write(
            CUSTOMER,
            session ->
                session.one("pragma synchronous", none -> {}, row -> row.number(1)).orElseThrow());

    assertThat(mode).isEqualTo("wal");
    assertThat(synchronous).isEqualTo(2);
  }
}
