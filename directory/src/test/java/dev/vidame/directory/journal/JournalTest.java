package dev.vidame.directory.journal;

import static dev.vidame.directory.Fixture.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.Fixture;
import dev.vidame.directory.TestStore;
import dev.vidame.directory.storage.Dialect;
import dev.vidame.directory.users.EntityTag;
import dev.vidame.directory.users.Reverts;
import dev.vidame.wire.CustomerUserUpdate;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JournalTest {
  private static final long SEED = Long.getLong("vidame.seed", new Random().nextLong());
  private static final int FLIPS = TestStore.times(1_000);
  private static final int ROWS = 40;

  /** Every column but the position, which says only where a row lies. */
  private static final List<String> COLUMNS =
      List.of(
          "customer_id",
          "seq",
          "at",
          "partner_id",
          "actor_id",
          "application_id",
          "operation",
          "subject_id",
          "request_id",
          "correlation_id",
          "request_key",
          "body_hash",
          "changes",
          "salt",
          "payload_hash",
          "hash");

  @TempDir private Path folder;
  private Fixture fixture;

  @BeforeEach
  void open() throws SQLException {
    fixture = new Fixture(folder);
    for (int i = 3; i <= ROWS; i++) {
      fixture.update(CustomerUserUpdate.builder().displayName("n" + i).firstName("é" + i).build());
    }
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void rowsAreTheChangesInOrderWithoutGaps() {
    List<Entry> entries = fixture.directory().journal(CUSTOMER, 0, 1000);

    assertThat(entries).hasSize(ROWS);
    for (int i = 0; i < ROWS; i++) {
      assertThat(entries.get(i).seq()).isEqualTo(i + 1);
    }
    assertThat(entries.getLast().changes())
        .containsExactly(
            new FieldChange("firstName", "é39", "é40"),
            new FieldChange("displayName", "n39", "n40"));
    assertThat(fixture.directory().verifyJournal(CUSTOMER).verifiedUpTo()).isEqualTo(ROWS);
  }

  @Test
  void oneFlippedBitAnywhereIsFound() throws SQLException {
    System.out.println("vidame.seed=" + SEED);
    Random random = new Random(SEED);
    indexHalf();
    try (Connection connection = fixture.store().connect()) {
      for (int flip = 0; flip < FLIPS; flip++) {
        String column = COLUMNS.get(flip % COLUMNS.size());
        long row = position(connection, 3L + random.nextInt(ROWS - 2));
        byte[] original = cell(connection, column, row);
        byte[] damaged = original.clone();
        damaged[random.nextInt(damaged.length)] ^=
            (byte) (1 << random.nextInt(5)); // never a zero in text

        if (!isTaken(() -> write(connection, column, row, damaged))) {
          continue; // the store itself refuses: another row has the key, or a customer stays where
          // it is
        }
        assertThat(isIntact()).as(column + " of row " + row).isFalse();
        assertThat(partByPart())
            .as(column + " of row " + row)
            .matches(part -> part.fault() != null || part.rows() < ROWS);

        write(connection, column, row, original);
        assertThat(isIntact()).isTrue();
      }
    }
    CheckedChain whole = partByPart();
    assertThat(whole.isWhole()).isTrue();
    assertThat(whole.rows()).isEqualTo(ROWS);
  }

  /** In parts of uneven size. */
  private CheckedChain partByPart() {
    CheckedChain checked = CheckedChain.start();
    for (int most = 1; !checked.isDone(); most++) {
      checked = fixture.directory().changes().check(CUSTOMER, checked, most);
    }
    return checked;
  }

  @Test
  void chainIsCheckedPartByPart() throws SQLException {
    List<Entry> entries = fixture.directory().journal(CUSTOMER, 0, ROWS);

    CheckedChain whole = partByPart();

    assertThat(whole.rows()).isEqualTo(ROWS);
    assertThat(whole.firstAt()).isEqualTo(entries.getFirst().at());
    assertThat(whole.lastAt()).isEqualTo(entries.getLast().at());
    assertThat(whole.fault()).isNull();
    assertThat(fixture.directory().changes().end(CUSTOMER).mark())
        .isEqualTo(Arrays.copyOf(whole.head(), 16));
    assertThat(fixture.directory().changes().check(CUSTOMER, whole, 5)).isSameAs(whole);
  }

  @Test
  void partThatBreaksTheChainSaysWhereAndHow() throws SQLException {
    fixture.sql("update journal set operation = 'no.such' where seq = 9");
    assertThat(partByPart().rows()).isEqualTo(8);
    assertThat(partByPart().fault()).isEqualTo(ChainFault.UNREADABLE);
    fixture.sql("update journal set at = at + 1 where seq = 8");
    assertThat(partByPart().fault()).isEqualTo(ChainFault.ROW_ALTERED);
    fixture.sql("update journal set changes = '{\"displayName\":[\"a\",\"b\"]}' where seq = 7");
    assertThat(partByPart().fault()).isEqualTo(ChainFault.CHANGES_ALTERED);
    fixture.sql("delete from journal where seq = 6");

    CheckedChain broken = partByPart();

    assertThat(broken.fault()).isEqualTo(ChainFault.MISSING);
    assertThat(broken.rows()).isEqualTo(5);
    assertThat(broken.isWhole()).isFalse();
  }

  private static boolean isTaken(ThrowingCallable write) throws SQLException {
    try {
      write.call();
      return true;
    } catch (SQLException e) {
      assertThat(e.getSQLState()).isIn("23505", "0A000");
      return false;
    } catch (Throwable e) { // which a callable of the library may throw
      throw new IllegalStateException(e);
    }
  }

  /** As if the index had been brought up to the journal's middle. */
  private void indexHalf() throws SQLException {
    if (TestStore.dialect() == Dialect.POSTGRESQL) {
      return; // its index is always whole
    }
    fixture.sql(
        "insert into journal_index select customer_id, seq, position from journal where position <= "
            + ROWS / 2);
    fixture.sql("update journal_indexed set position = " + ROWS / 2);
  }

  /** A row that cannot even be read is found as well. */
  private boolean isIntact() {
    try {
      Journal.Verification verification = fixture.directory().verifyJournal(CUSTOMER);
      return verification.isIntact() && verification.verifiedUpTo() == ROWS;
    } catch (RuntimeException e) {
      return false;
    }
  }

  @Test
  void missingRowIsNamed() throws SQLException {
    fixture.sql("delete from journal where seq = 7");

    Journal.Verification verification = fixture.directory().verifyJournal(CUSTOMER);

    assertThat(verification.verifiedUpTo()).isEqualTo(6);
    assertThat(verification.fault()).contains("row 7 is missing");
  }

  @Test
  @Tag("sqlite") // PostgreSQL's index is never behind
  void rowsAreFoundOnBothSidesOfTheIndexAndAfterAStart() throws SQLException {
    int rows = 2 * JournalIndex.MOST_BEHIND + 100;
    for (int i = ROWS + 1; i <= rows; i++) {
      fixture.update(CustomerUserUpdate.builder().displayName("n" + i).build());
    }

    assertThat(indexed()).isEqualTo(2L * JournalIndex.MOST_BEHIND);
    assertIsWhole(rows);

    fixture.reopen();
    fixture.update(CustomerUserUpdate.builder().displayName("after the start").build());

    assertIsWhole(rows + 1);
  }

  private void assertIsWhole(int rows) {
    int border = 2 * JournalIndex.MOST_BEHIND;
    List<Entry> entries = fixture.directory().journal(CUSTOMER, border - 50, 100);
    assertThat(entries).hasSize(100);
    assertThat(entries.getFirst().seq()).isEqualTo(border - 49);
    assertThat(entries.getLast().seq()).isEqualTo(border + 50);
    assertThat(fixture.directory().verifyJournal(CUSTOMER).verifiedUpTo()).isEqualTo(rows);
    assertThat(fixture.directory().users().asOf(CUSTOMER, Fixture.USER, border - 1))
        .hasValueSatisfying(user -> assertThat(user.displayName()).isEqualTo("n" + (border - 1)));
  }

  private long indexed() throws SQLException {
    try (Connection connection = fixture.store().connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select position from journal_indexed")) {
      return rows.getLong(1);
    }
  }

  private static byte[] cell(Connection connection, String column, long row) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("select " + column + " from journal where position = " + row)) {
      rows.next();
      return switch (rows.getObject(1)) {
        case UUID id -> bytes(id);
        case null -> throw new IllegalStateException(column + " of row " + row + " is null");
        case byte[] bytes -> bytes;
        case Number number -> ByteBuffer.allocate(8).putLong(number.longValue()).array();
        case Object text -> text.toString().getBytes(StandardCharsets.UTF_8);
      };
    }
  }

  private static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  /** Where a row of the customer's lies. */
  private static long position(Connection connection, long seq) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("select position from journal where seq = " + seq)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static void write(Connection connection, String column, long row, byte[] value)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("update journal set " + column + " = ? where position = ?")) {
      switch (column) {
        case "seq", "at" -> statement.setLong(1, ByteBuffer.wrap(value).getLong());
        case "operation", "changes" ->
            statement.setString(1, new String(value, StandardCharsets.UTF_8));
        default -> {
          if (TestStore.dialect() == Dialect.POSTGRESQL && column.endsWith("_id")) {
            ByteBuffer id = ByteBuffer.wrap(value);
            statement.setObject(1, new UUID(id.getLong(), id.getLong()));
          } else {
            statement.setBytes(1, value);
          }
        }
      }
      statement.setLong(2, row);
      statement.executeUpdate();
    }
  }

  @Test
  void erasedRowsAreCountedAndWhatIsLeftOfThemIsChecked() throws SQLException {
    String none = TestStore.dialect() == Dialect.SQLITE ? "x''" : "''";
    fixture.sql("update journal set changes = '', salt = " + none + " where seq in (5, 6, 20)");

    CheckedChain whole = partByPart();
    assertThat(whole.erased()).isEqualTo(3);
    assertThat(whole.isWhole()).isTrue();
    assertThat(whole).hasToString("CheckedChain[40 ]");
    CheckedChain part = fixture.directory().changes().check(CUSTOMER, CheckedChain.start(), 5);
    assertThat(part.erased()).isEqualTo(1);
    assertThat(part.isDone()).isFalse();
    CheckedChain all = fixture.directory().changes().check(CUSTOMER, CheckedChain.start(), ROWS);
    assertThat(all.rows()).isEqualTo(ROWS);
    assertThat(all.isWhole()).as("nobody looked behind the last row").isFalse();

    fixture.sql("update journal set request_key = hash where seq = 6");
    CheckedChain broken = partByPart();
    assertThat(broken).hasToString("CheckedChain[5 ROW_ALTERED]");
    assertThat(broken.erased()).isEqualTo(1);
    assertThat(broken.firstAt()).isEqualTo(fixture.clock().instant());
  }

  @ParameterizedTest
  @CsvSource({
    "at = at + 1, row 7 is not the one that was written",
    "changes = '{}', the changes of row 7 are not those that were written",
    "seq = 1007, row 7 is missing"
  })
  void faultIsToldWithItsRow(String alteration, String text) throws SQLException {
    fixture.sql("update journal set " + alteration + " where seq = 7");

    Journal.Verification verification = fixture.directory().verifyJournal(CUSTOMER);

    assertThat(verification.isIntact()).isFalse();
    assertThat(verification.verifiedUpTo()).isEqualTo(6);
    assertThat(verification.fault()).contains(text);
  }

  /** The last row that is not later counts. */
  @Test
  void momentIsFoundInTheJournal() {
    fixture.clock().advance(Duration.ofSeconds(1));
    fixture.update(Fixture.named("Later"));
    Instant later = fixture.clock().instant();
    fixture.clock().advance(Duration.ofSeconds(1));

    assertThat(seqAt(later)).isEqualTo(ROWS + 1);
    assertThat(seqAt(later.minusNanos(1_000))).isEqualTo(ROWS);
  }

  private long seqAt(Instant time) {
    return fixture
        .directory()
        .reverts()
        .preview(
            CUSTOMER,
            Fixture.REF,
            new Reverts.ToTime(time),
            new Reverts.Terms(new EntityTag.Any(), null, true, true),
            Fixture.request())
        .seq();
  }
}
