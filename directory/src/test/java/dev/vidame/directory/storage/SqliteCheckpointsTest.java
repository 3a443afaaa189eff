package dev.vidame.directory.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.Checkpoints;
import dev.vidame.directory.Checkpoints.By;
import dev.vidame.directory.Together;
import dev.vidame.directory.observation.StoreObserver;
import dev.vidame.harness.Until;
import dev.vidame.wire.CustomerId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class SqliteCheckpointsTest {
  private static final CustomerId CUSTOMER = new CustomerId(new UUID(1, 1));
  private static final String INSERT =
      "insert into partners (partner_id, name, created_at) values (?, ?, 0)";
  private static final int PAGES = 20;
  private static final int SQLITES_OWN = 1_000;
  private static final int PAGE_BYTES = 4_096;
  private static final long LOG_HEAD_BYTES = 32;
  private static final long FRAME_HEAD_BYTES = 24;

  @TempDir private Path folder;

  /** Counts them. */
  private static final class Counting implements StoreObserver {
    final AtomicInteger holding = new AtomicInteger();
    final AtomicInteger beside = new AtomicInteger();

    @Override
    public void opened(Queue queue) {}

    @Override
    public Batch began(int changes) {
      return StoreObserver.none().began(changes);
    }

    @Override
    public void refused() {}

    @Override
    public void checkpointed(boolean heldCommits, long nanos) {
      (heldCommits ? holding : beside).incrementAndGet();
    }

    @Override
    public void closed() {}
  }

  private Path file() {
    return folder.resolve("vidame.db");
  }

  private static void insert(Transactions transactions, long id) {
    transactions.write(
        CUSTOMER,
        session ->
            session.update(INSERT, row -> row.uuid(new UUID(id * 31, id)).text("p".repeat(900))));
  }

  private long rowsAfterwards() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      try (ResultSet check = statement.executeQuery("pragma integrity_check")) {
        assertThat(check.getString(1)).isEqualTo("ok");
      }
      try (ResultSet rows = statement.executeQuery("select count(*) from partners")) {
        return rows.getLong(1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(By.class)
  void everyWayKeepsAllRowsAndTheLogShort(By by) throws Exception {
    Counting counted = new Counting();
    int writers = 8;
    int each = 200;
    long longest;

    try (SqliteTransactions transactions =
        SqliteTransactions.open(file(), new Checkpoints(by, PAGES), counted)) {
      Together.run(
          writers,
          writer ->
              () -> {
                for (int i = 0; i < each; i++) {
                  insert(transactions, 1 + (long) writer * each + i);
                }
                return true;
              });
      longest = Files.size(folder.resolve("vidame.db-wal"));
    }

    assertThat(rowsAfterwards()).isEqualTo((long) writers * each);
    // Several thousand pages were written. A batch may go beyond the bound.
    int bound = by == By.COMMIT ? SQLITES_OWN : 8 * PAGES;
    assertThat(longest).isLessThan((bound + 10L * PAGES) * PAGE_BYTES);
    assertThat(counted.holding.get() > 0).isEqualTo(by != By.COMMIT);
    assertThat(folder.resolve("vidame.db-wal")).doesNotExist();
  }

  /** Nothing more is asked of it once the log is long enough, or it would not be idle. */
  @Test
  @Timeout(30)
  void idleWriterTakesTheLogIntoTheFileAtOnce() throws SQLException, IOException {
    Counting counted = new Counting();
    Path log = folder.resolve("vidame.db-wal");
    long longEnough = LOG_HEAD_BYTES + PAGES * (FRAME_HEAD_BYTES + PAGE_BYTES);
    try (SqliteTransactions transactions =
        SqliteTransactions.open(file(), new Checkpoints(By.WRITER, PAGES), counted)) {
      for (long id = 1; counted.holding.get() == 0 && Files.size(log) < longEnough; id++) {
        insert(transactions, id);
      }
      Until.met(() -> counted.holding.get() != 0);

      assertThat(Files.size(log)).isLessThan(2L * PAGES * PAGE_BYTES);
    }
    assertThat(counted.beside).hasValue(0);
  }

  /** Bounds that are far away, so that a slow thread does not make the writer do its work. */
  @Test
  void threadWorksBesideTheWriterAndLeavesItOnlyTheRest() throws Exception {
    Counting counted = new Counting();
    int pages = 1_000;
    long longest = 0;
    try (SqliteTransactions transactions =
        SqliteTransactions.open(file(), new Checkpoints(By.THREAD, pages), counted)) {
      for (long id = 1; counted.holding.get() == 0; id++) {
        insert(transactions, id);
        longest = Math.max(longest, Log.of(file()).pages());
      }
      assertThat(counted.beside.get()).isPositive();
      assertThat(longest).isBetween((long) pages, 8L * pages - 1);

      insert(transactions, -1);

      assertThat(Log.of(file()).pages()).isLessThan(pages);
    }
  }

  /** Else it would ask the disk after each commit for as long as a backup takes. */
  @Test
  void threadWaitsForAsManyPagesAgainWhereAReaderHoldsItUp() throws Exception {
    Counting counted = new Counting();
    int pages = 100;
    long id = 1;
    try (SqliteTransactions transactions =
        SqliteTransactions.open(file(), new Checkpoints(By.THREAD, pages), counted)) {
      insert(transactions, id++);
      try (Connection reader = DriverManager.getConnection("jdbc:sqlite:" + file())) {
        reader.setAutoCommit(false);
        reader.createStatement().executeQuery("select count(*) from partners").close();

        while (Log.of(file()).pages() < 6L * pages) {
          insert(transactions, id++);
        }
      }
      assertThat(id).isGreaterThan(2L * pages);
      assertThat(counted.beside.get()).isBetween(1, 2 * 6);
      assertThat(counted.holding).hasValue(0);

      while (counted.holding.get() == 0) {
        insert(transactions, id++);
      }
      Log log = Log.of(file());
      assertThat(log.pages() - log.inFile()).isLessThan(pages);
    }
  }

  /** A file that is closed already cannot be brought to the disk, whatever else can be done. */
  @Test
  void threadThatFailsTriesAgainWithTheNextPages() throws Exception {
    int pages = 500;
    SqliteTransactions.open(file()).close();
    FileChannel closed = FileChannel.open(file(), StandardOpenOption.WRITE);
    closed.close();
    Checkpoints how = new Checkpoints(By.THREAD, pages);
    Session writer = session();
    try (SqliteCheckpoints checkpoints =
        SqliteCheckpoints.byThread(how, new Counting(), session(), closed)) {
      checkpoints.prepare(writer);
      long first = inFileBeyond(0, checkpoints, writer);

      inFileBeyond(first, checkpoints, writer);

      assertThat(Log.of(file()).pages()).isLessThan(8L * pages);
    } finally {
      writer.close();
    }
  }

  private long inFileBeyond(long pages, SqliteCheckpoints checkpoints, Session writer)
      throws SQLException {
    Until.met(() -> {
      writer.update(INSERT, row -> row.uuid(UUID.randomUUID()).text("p".repeat(900)));
      checkpoints.committed(writer, false);
      return Log.of(file()).inFile() > pages;
    });
    return Log.of(file()).inFile();
  }

  private Session session() throws SQLException {
    return new Session(DriverManager.getConnection("jdbc:sqlite:" + file()), Dialect.SQLITE);
  }

  /** The log of a file, as another connection sees it. */
  private record Log(long pages, long inFile) {
    static Log of(Path file) throws SQLException {
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("pragma wal_checkpoint(noop)")) {
        return new Log(row.getLong(2), row.getLong(3));
      }
    }
  }
}
