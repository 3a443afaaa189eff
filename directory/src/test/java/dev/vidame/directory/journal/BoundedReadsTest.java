package dev.vidame.directory.journal;

import static dev.vidame.directory.Fixture.CUSTOMER;
import static dev.vidame.directory.Fixture.PARTNER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.Fixture;
import dev.vidame.directory.TestStore;
import dev.vidame.directory.journal.History.Selection;
import dev.vidame.directory.journal.History.Span;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.ProgressHandler;

/**
 * Whoever reads a part of a long journal reads that part. How much SQLite reads is told by the
 * steps of its machine, which are the same on every computer.
 */
class BoundedReadsTest {
  private static final int ROWS = 30_000;
  private static final int STEPS_AT_ONCE = 100;

  /** Far fewer than looking at each row of the journal once would take. */
  private static final long FEW = ROWS;

  private static final String COLUMNS =
      "actor_id, application_id, subject_id, request_id, correlation_id, request_key, body_hash,"
          + " changes, salt, payload_hash, hash";

  @TempDir private Path folder;
  private Fixture fixture;

  @BeforeEach
  void fill() throws SQLException {
    fixture = new Fixture(TestStore.ofFile(folder));
    fixture.sql(
        "insert into journal (position, customer_id, seq, at, partner_id, operation, "
            + COLUMNS
            + ") with recursive n(i) as (select 1 union all select i + 1 from n where i < "
            + ROWS
            + ") select position + i, customer_id, seq + i, at, partner_id, 'user.update', "
            + COLUMNS
            + " from n, (select * from journal order by position desc limit 1)");
    fixture.sql(
        "insert into journal_index select customer_id, seq, position from journal where 1 order by 1, 2");
    fixture.sql(
        "insert into journal_of_partners select partner_id, position from journal order by 1, 2");
    fixture.sql("update journal_indexed set position = (select max(position) from journal)");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  /** Gives a statement its parameters. */
  private interface Binder {
    void bind(PreparedStatement statement) throws SQLException;
  }

  /** How many steps the first rows take. */
  private long steps(String sql, int rows, Binder binder) throws SQLException {
    long[] calls = {0};
    try (Connection connection = fixture.store().connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      binder.bind(statement);
      ProgressHandler.setHandler(
          connection,
          STEPS_AT_ONCE,
          new ProgressHandler() {
            @Override
            protected int progress() {
              calls[0]++;
              return 0;
            }
          });
      try (ResultSet found = statement.executeQuery()) {
        for (int i = 0; i < rows && found.next(); i++) {
          assertThat(found.getObject(1)).isNotNull();
        }
      } finally {
        ProgressHandler.clearHandler(connection);
      }
    }
    return calls[0] * STEPS_AT_ONCE;
  }

  private String plan(String sql, Binder binder) throws SQLException {
    StringBuilder plan = new StringBuilder();
    try (Connection connection = fixture.store().connect();
        PreparedStatement statement = connection.prepareStatement("explain query plan " + sql)) {
      binder.bind(statement);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          plan.append(rows.getString("detail")).append('\n');
        }
      }
    }
    return plan.toString();
  }

  private static void bindPartner(PreparedStatement statement) throws SQLException {
    statement.setBytes(1, bytes(PARTNER.value()));
    statement.setLong(2, 1);
    statement.setLong(3, Long.MAX_VALUE);
  }

  @Test
  void firstPageOfAPartnersHistoryReadsThatPage() throws SQLException {
    for (boolean isNewestFirst : new boolean[] {true, false}) {
      String sql =
          History.statement(new Selection(PARTNER, null, Span.ALL, Span.ALL, isNewestFirst))
              .sqlite();

      assertThat(steps(sql, 51, BoundedReadsTest::bindPartner)).isLessThan(FEW);
    }
  }

  @Test
  void firstPageOfACustomersHistoryReadsThatPage() throws SQLException {
    assertThatItsFirstPageReadsThatPage();
  }

  private void assertThatItsFirstPageReadsThatPage() throws SQLException {
    for (boolean isNewestFirst : new boolean[] {true, false}) {
      String sql =
          History.statement(new Selection(PARTNER, CUSTOMER, Span.ALL, Span.ALL, isNewestFirst))
              .sqlite();

      assertThat(
              steps(
                  sql,
                  51,
                  statement -> {
                    statement.setBytes(1, bytes(CUSTOMER.value()));
                    statement.setBytes(2, bytes(PARTNER.value()));
                    statement.setLong(3, 1);
                    statement.setLong(4, Long.MAX_VALUE);
                    statement.setLong(5, 0);
                    statement.setLong(6, Long.MAX_VALUE);
                  }))
          .isLessThan(FEW);
    }
  }

  @Test
  void tallyReadsSoManyRowsAndNoMore() throws SQLException {
    Binder ofPartner =
        statement -> {
          bindPartner(statement);
          statement.setLong(4, 300);
        };
    Binder ofCustomer =
        statement -> {
          statement.setBytes(1, bytes(CUSTOMER.value()));
          statement.setLong(2, ROWS - 300);
          statement.setLong(3, ROWS);
          statement.setLong(4, 1);
          statement.setBytes(5, bytes(PARTNER.value()));
        };

    assertThat(steps(Tally.OF_PARTNER.sqlite(), 10, ofPartner)).isBetween(300L, FEW);
    assertThat(steps(Tally.OF_CUSTOMER.sqlite(), 10, ofCustomer)).isBetween(300L, FEW);
    assertThat(plan(Tally.OF_PARTNER.sqlite(), ofPartner)).doesNotContain("SCAN journal\n");
    assertThat(plan(Tally.OF_CUSTOMER.sqlite(), ofCustomer))
        .doesNotContain("SCAN journal\n")
        .doesNotContain("SCAN journal_index\n");
  }

  /** Who reads by customer looks into the runs for its rows, and not at all of them. */
  @Test
  void rowsThatWaitAreLookedUp() throws SQLException {
    int waiting = 3 * JournalRuns.SLICES;
    fixture.sql(
        "update journal_slices set run ="
            + " (select count(*) from journal_slices s where s.from_customer <= journal_slices.from_customer)");
    fixture.sql(
        "update journal_slices set run = null where from_customer ="
            + " (select max(s.from_customer) from journal_slices s where s.from_customer <= "
            + fixture.store().literal(CUSTOMER.value())
            + ")");
    fixture.sql(
        "insert into journal_runs select run, of_customer, of_seq, position from journal_index"
            + " join journal_slices on run = 1 + of_seq % "
            + JournalRuns.SLICES
            + " where of_seq > "
            + (ROWS - waiting));
    fixture.sql(
        "delete from journal_index where (of_customer, of_seq) in (select of_customer, of_seq from journal_runs)");
    assertThat(fixture.count("select count(*) from journal_waiting"))
        .isBetween(waiting - 10L, waiting + 10L);
    String sql =
        JournalIndex.rowsOfCustomer("position", "of_seq > ?2") + " order by of_seq desc limit 51";

    Binder binder =
        statement -> {
          statement.setBytes(1, bytes(CUSTOMER.value()));
          statement.setLong(2, 0);
        };
    assertThat(steps(sql, 51, binder)).isLessThan(FEW);
    assertThat(plan(sql, binder))
        .doesNotContain("SCAN journal\n")
        .doesNotContain("SCAN journal_runs");
    assertThatItsFirstPageReadsThatPage();
  }

  /** The tail behind the index is read, too, and each of its rows once. */
  @Test
  void rowsBehindTheIndexAreReadOnce() throws SQLException {
    try (Connection connection = fixture.store().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("update journal_indexed set position = position - 100");
      statement.execute(
          "delete from journal_of_partners where position > (select position from journal_indexed)");
    }
    String sql = History.statement(new Selection(PARTNER, null, Span.ALL, Span.ALL, true)).sqlite();
    long read = 0;
    try (Connection connection = fixture.store().connect();
        PreparedStatement statement =
            connection.prepareStatement(
                "select count(*), count(distinct position) from (" + sql + ")")) {
      bindPartner(statement);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        read = rows.getLong(1);
        assertThat(rows.getLong(2)).isEqualTo(read);
      }
    }

    assertThat(read)
        .isEqualTo(
            fixture.count(
                "select count(*) from journal where partner_id = "
                    + fixture.store().literal(PARTNER.value())));
    assertThat(steps(sql, 51, BoundedReadsTest::bindPartner)).isLessThan(FEW);
  }
}
