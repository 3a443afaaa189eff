package dev.vidame.directory.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
