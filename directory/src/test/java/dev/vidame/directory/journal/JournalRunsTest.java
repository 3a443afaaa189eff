package dev.vidame.directory.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.storage.Session;
import dev.vidame.directory.storage.SqliteTransactions;
import dev.vidame.wire.CustomerId;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rows of many customers are found by their customer, in order and once, wherever they are on their
 * way into the index.
 */
@Tag("sqlite") // PostgreSQL's index is never behind
class JournalRunsTest {
  private static final int CUSTOMERS = 400;
  private static final int MOST_AT_ONCE = 150;
  private static final long SEED = Long.getLong("vidame.seed", new SecureRandom().nextLong());

  private static final String APPEND =
      "insert into journal (position, customer_id, seq, at, partner_id, application_id, operation,"
          + " subject_id, request_id, correlation_id, request_key, body_hash, changes, salt, payload_hash,"
          + " hash) values (?1, ?2, ?3, 0, x'00', x'00', 'user.update', x'00', x'00', x'00', x'00', x'00',"
          + " '', x'00', x'00', x'00')";

  private static final String FOUND =
      JournalIndex.rowsOfCustomer("position", "of_seq > ?2") + " order by of_seq";

  private static final String WAITING =
      "select coalesce(max(number), 0) from (select count(*) as number from journal_waiting"
          + " group by of_customer)";

  private static final String RUNS = "select count(distinct run) from journal_runs";
  private static final String KEPT = "select count(*) from journal_runs";
  private static final String INDEXED = "select position from journal_indexed";

  private static final String ENTERED =
      "select (select count(*) from journal_index) + (select count(*) from journal_waiting)";

  @TempDir private Path folder;
  private SqliteTransactions store;
  private JournalIndex index = new JournalIndex();
  private long last;

  private final List<CustomerId> customers = new ArrayList<>();

  /** The positions of each customer's rows. */
  private final List<List<Long>> rows = new ArrayList<>();

  @BeforeEach
  void open() throws SQLException {
    store = SqliteTransactions.open(folder.resolve("v.db"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void addCustomers(Stream<UUID> ids) {
    ids.forEach(id -> {
      customers.add(new CustomerId(id));
      rows.add(new ArrayList<>());
    });
  }

  /** Appends rows of so many customers by chance in one unit of work; the first one has most. */
  private void append(Random random, int count, boolean isTakenBack) {
    List<Integer> of =
        IntStream.range(0, count)
            .mapToObj(i -> random.nextInt(5) == 0 ? 0 : random.nextInt(customers.size()))
            .toList();
    long before = last;
    try {
      store.write(
          customers.getFirst(),
          session -> {
            for (int customer : of) {
              append(session, customer);
            }
            if (isTakenBack) {
              throw new TakenBack();
            }
            return count;
          });
    } catch (TakenBack e) {
      last = before;
      rows.forEach(positions -> positions.removeIf(position -> position > before));
    }
  }

  /** Ends a unit of work. */
  private static final class TakenBack extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private void append(Session session, int customer) throws SQLException {
    last++;
    rows.get(customer).add(last);
    session.update(
        APPEND,
        arguments ->
            arguments
                .number(last)
                .uuid(customers.get(customer).value())
                .number(rows.get(customer).size()));
    index.appended(session, last);
  }

  private void reopen() throws SQLException {
    store.close();
    open();
    index = new JournalIndex();
  }

  private List<Long> found(int customer, long after) {
    List<Long> positions = new ArrayList<>();
    store.read(session ->
        session.list(
            FOUND,
            arguments -> arguments.uuid(customers.get(customer).value()).number(after),
            row -> positions.add(row.number(1))));
    return positions;
  }

  private long number(String sql) {
    return store.read(session -> session.one(sql, none -> {}, row -> row.number(1)).orElseThrow());
  }

  private void assertThatRowsAreFound(Random random) {
    for (int i = 0; i < customers.size(); i++) {
      List<Long> expected = rows.get(i);
      assertThat(found(i, 0)).as("customer %d", i).isEqualTo(expected);
      int after = random.nextInt(expected.size() + 1);
      assertThat(found(i, after)).isEqualTo(expected.subList(after, expected.size()));
    }
    assertThat(number(ENTERED)).isEqualTo(number(INDEXED));
  }

  @Test
  void rowsAreFoundWhereverTheyAre() throws SQLException {
    System.out.println("vidame.seed=" + SEED);
    Random random = new Random(SEED);
    addCustomers(
        Stream.concat(
            Stream.of(new UUID(-1, -1), new UUID(0, 0), new UUID(0x0400_0000_0000_0000L, 0)),
            Stream.generate(() -> new UUID(random.nextLong(), random.nextLong()))
                .limit(CUSTOMERS)));
    long turns = 3L * JournalRuns.SLICES * JournalIndex.MOST_BEHIND;
    boolean wasFull = false;
    for (int i = 0; last < turns; i++) {
      append(random, 1 + random.nextInt(MOST_AT_ONCE), random.nextInt(10) == 0);
      if (random.nextInt(100) == 0) {
        reopen();
      }
      if (i % 60 == 0) {
        assertThatRowsAreFound(random);
        wasFull |= number(RUNS) == JournalRuns.SLICES;
      }
    }

    assertThatRowsAreFound(random);
    assertThat(wasFull).isTrue();
    assertThat(number(RUNS)).isLessThanOrEqualTo(JournalRuns.SLICES);
  }

  /** What each customer has waiting is sorted by whoever reads it, and so has to be little. */
  @Test
  void fewRowsOfEachCustomerWait() throws SQLException {
    Random random = new Random(7);
    addCustomers(
        Stream.generate(() -> new UUID(random.nextLong(), random.nextLong())).limit(CUSTOMERS));
    while (last < 2L * JournalRuns.SLICES * JournalIndex.MOST_BEHIND) {
      append(random, MOST_AT_ONCE, false);
    }

    assertThat(number(WAITING)).isBetween(1L, 3L * JournalRuns.SLICES);
    assertThat(number(KEPT)).isLessThan((long) JournalRuns.SLICES * JournalIndex.MOST_BEHIND);
  }

  /** Few customers' rows lie together in the index, so they do not wait. */
  @Test
  void rowsOfFewCustomersEnterAtOnce() throws SQLException {
    addCustomers(IntStream.range(0, 20).mapToObj(i -> new UUID(i, i)));
    Random random = new Random(7);
    for (int i = 0; i < 50; i++) {
      append(random, MOST_AT_ONCE, false);
    }

    assertThatRowsAreFound(random);
    assertThat(number(KEPT)).isLessThan(20);
  }

  @Test
  void slicesDivideAllIds() {
    List<byte[]> from = new ArrayList<>();
    store.read(session ->
        session.list(
            "select from_customer from journal_slices order by 1",
            none -> {},
            row -> from.add(row.bytes(1))));

    assertThat(from).hasSize(JournalRuns.SLICES);
    for (int slice = 0; slice < JournalRuns.SLICES; slice++) {
      assertThat(from.get(slice)).isEqualTo(JournalRuns.from(slice));
    }
  }
}
