package dev.vidame.directory.move;

import static dev.vidame.directory.Fixture.CUSTOMER;
import static dev.vidame.directory.Fixture.PARTNER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vidame.directory.Directory;
import dev.vidame.directory.Fixture;
import dev.vidame.directory.PostgresOptions;
import dev.vidame.directory.TestStore;
import dev.vidame.directory.audit.AuditQuery;
import dev.vidame.directory.paging.PageQuery;
import dev.vidame.directory.users.EntityTag;
import dev.vidame.directory.users.User;
import dev.vidame.directory.users.UserQuery;
import dev.vidame.directory.users.Users.Outcome;
import dev.vidame.wire.CustomerUserUpdate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A store in a file is moved to a PostgreSQL, and everything is as before. */
@Tag("postgresql")
class MoveTest {
  private static final Instant EVER = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant NEVER = Instant.parse("2100-01-01T00:00:00Z");

  /** The fixture's, as a statement's literal. */
  private static final String THE_USER = "'4b10bf41-ab11-40e3-8c53-cd67849b50de'";

  private static final long SEED = Long.getLong("vidame.seed", new SecureRandom().nextLong());

  /** A fault of this test's. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @TempDir private static Path templates;
  private static FilledStore source;
  private static List<String> audit;
  private static List<User> users;
  private static long version;

  @TempDir private Path folder;
  private TestStore target;
  private Path file;

  @BeforeAll
  static void fill() throws SQLException {
    System.out.println("vidame.seed=" + SEED);
    source = new FilledStore(templates, 300, SEED);
    audit = audit(source.fixture.directory());
    users = users(source.fixture.directory());
    version = source.fixture.user().version();
    source.stop();
  }

  @BeforeEach
  void open() throws IOException, SQLException {
    target = TestStore.in(folder);
    file = Files.copy(source.file, folder.resolve("vidame.db"));
  }

  @AfterEach
  void close() {
    target.close();
  }

  private PostgresOptions options() {
    return PostgresOptions.standard(target.url());
  }

  private MoveReport move() throws MoveException {
    List<MoveReport> reports = new ArrayList<>();
    Move.run(file, options(), Progress.NONE, reports::add);
    return reports.getFirst();
  }

  private Directory moved() throws SQLException {
    return target.open(Directory.Options.standard().withClock(source.fixture.clock()));
  }

  private void sqlInTarget(String statement) throws SQLException {
    try (Connection connection = target.connect();
        Statement jdbc = connection.createStatement()) {
      jdbc.execute(statement);
    }
  }

  private void sqlInSource(String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement jdbc = connection.createStatement()) {
      jdbc.execute(statement);
    }
  }

  private long inTarget(String query) throws SQLException {
    try (Connection connection = target.connect();
        Statement jdbc = connection.createStatement();
        ResultSet rows = jdbc.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static List<String> audit(Directory directory) {
    return directory
        .audit()
        .page(
            new AuditQuery(PARTNER, null, EVER, NEVER),
            PageQuery.first(100_000),
            entry -> List.of(entry.toString()),
            text -> true)
        .items()
        .stream()
        .map(listed -> listed.record())
        .toList();
  }

  private static List<User> users(Directory directory) {
    return directory.users().page(CUSTOMER, UserQuery.active(), PageQuery.first(100_000)).items();
  }

  @Test
  void everyTableIsMovedOrLeftOutForAReason() throws Exception {
    Set<String> listed = new TreeSet<>(MovedTable.LEFT_OUT.keySet());
    MovedTable.ALL.forEach(table -> listed.add(table.name()));
    Set<String> there = new TreeSet<>(source.fixture.store().tables().keySet());
    for (MovedTable table : MovedTable.ALL) {
      assertThat(source.fixture.count("select count(*) from " + table.name()))
          .as("rows to be moved of " + table.name())
          .isPositive();
    }

    move();

    there.addAll(target.tables().keySet());
    assertThat(listed).isEqualTo(there);
    assertThat(listed).hasSize(MovedTable.LEFT_OUT.size() + MovedTable.ALL.size());
  }

  @Test
  void directoryOverTheCopyTellsTheSame() throws Exception {
    assertThat(audit).hasSizeGreaterThan(200);

    MoveReport report = move();

    try (Directory after = moved()) {
      assertThat(audit(after)).isEqualTo(audit);
      assertThat(users(after)).isEqualTo(users);
      assertThat(after.verifyJournal(CUSTOMER).isIntact()).isTrue();
      assertThat(after.verifyJournal(FilledStore.SECOND).isIntact()).isTrue();
      assertThat(after.verifyJournal(CUSTOMER).verifiedUpTo())
          .isEqualTo(after.journal(CUSTOMER, 0, 100_000).size());
      assertThat(report.counts())
          .containsEntry("journal", source.fixture.count("select count(*) from journal"))
          .containsEntry("users", users.size() + 1L);
    }
  }

  /** As if the index of the journal, and what waits to enter it, had come to its middle. */
  @Test
  void rowsThatWaitToEnterTheIndexAreMoved() throws Exception {
    long middle = source.fixture.count("select max(position) / 2 from journal");
    String indexed = " from journal where position <= " + middle;
    sqlInSource("insert into journal_of_partners select partner_id, position" + indexed);
    sqlInSource(
        "insert into journal_index select customer_id, seq, position"
            + indexed
            + " and seq % 2 = 0");
    sqlInSource(
        "insert into journal_runs select 1 + seq % 3, customer_id, seq, position"
            + indexed
            + " and seq % 2 = 1");
    sqlInSource("update journal_indexed set position = " + middle);

    MoveReport report = move();

    try (Directory after = moved()) {
      assertThat(audit(after)).isEqualTo(audit);
      assertThat(after.verifyJournal(CUSTOMER).isIntact()).isTrue();
      assertThat(report.counts())
          .containsEntry("journal", source.fixture.count("select count(*) from journal"));
    }
  }

  @Test
  void whoCouldSignInStillCan() throws Exception {

    move();

    try (Directory after = moved()) {
      assertThat(after.partners().signIn(FilledStore.AGENT_NAME, FilledStore.PASSWORD)).isPresent();
      assertThat(after.partners().signIn(FilledStore.AGENT_NAME, "another")).isEmpty();
      assertThat(after.partners().authenticate(FilledStore.APPLICATION, FilledStore.SECRET))
          .isPresent();
      assertThat(after.operators().authenticate(source.operatorSecret)).isPresent();
      assertThat(after.refreshTokens().exchange(source.refreshToken, FilledStore.APPLICATION))
          .isPresent();
      assertThat(after.signingKeys().kept()).hasSize(1);
    }
  }

  @Test
  void repeatedRequestsFindTheirAnswers() throws Exception {
    move();

    try (Directory after = moved()) {
      Outcome changed =
          after
              .users()
              .update(
                  CUSTOMER, Fixture.REF, Fixture.named("last"), new EntityTag.Any(), source.change);
      Outcome unchanged =
          after
              .users()
              .update(
                  CUSTOMER,
                  Fixture.REF,
                  Fixture.named("last"),
                  new EntityTag.Any(),
                  source.unchanged);
      assertThat(changed.isReplay()).isTrue();
      assertThat(unchanged.isReplay()).isTrue();
      assertThat(changed.user().version()).isEqualTo(version);
      assertThat(after.users().get(CUSTOMER, Fixture.REF).version()).isEqualTo(version);
    }
  }

  @Test
  void changesGoOnBehindThoseThatWereMoved() throws Exception {
    move();

    try (Directory after = moved()) {
      int before = audit(after).size();
      after
          .users()
          .update(
              CUSTOMER,
              FilledStore.DELETED,
              CustomerUserUpdate.builder().restore().build(),
              new EntityTag.Any(),
              Fixture.request());

      assertThat(after.roles().of(CUSTOMER, FilledStore.DELETED)).hasSize(1);
      assertThat(after.verifyJournal(CUSTOMER).isIntact()).isTrue();
      assertThat(audit(after)).hasSize(before + 1);
      assertThat(audit(after).getFirst()).contains("RESTORE_USER");
      assertThat(inTarget("select count(*) from journal"))
          .isEqualTo(inTarget("select count(distinct position) from journal"));
    }
  }

  /** At a page by chance, before or after its commit, again and again until it is through. */
  @Test
  void movesThatAreKilledGoOnAndCopyNothingTwice() throws Exception {
    Random random = new Random(SEED);
    int kills = 0;
    while (isKilled(new AtomicInteger(1 + random.nextInt(60)), random.nextBoolean())) {
      kills++;
    }

    assertThat(kills).isPositive();
    assertThat(inTarget("select count(*) from users"))
        .isEqualTo(source.fixture.count("select count(*) from users"));
    try (Directory after = moved()) {
      assertThat(after.verifyJournal(CUSTOMER).isIntact()).isTrue();
    }
  }

  /** A move that ends with the given page, or in time. Even so it comes on by a page at least. */
  private boolean isKilled(AtomicInteger untilKill, boolean isBeforeCommit) {
    Runnable page =
        () -> {
          if (untilKill.decrementAndGet() == 0) {
            throw new Killed();
          }
        };
    AtomicInteger committed = new AtomicInteger();
    Throwable thrown =
        catchThrowable(() ->
            Move.run(
                file,
                options(),
                (step, done, total) -> {
                  if (!isBeforeCommit && step.startsWith("Copying") && committed.get() > 0) {
                    page.run();
                  }
                },
                new Move.Pace(
                    7,
                    () -> {
                      if (isBeforeCommit && committed.get() > 0) {
                        page.run();
                      }
                      committed.incrementAndGet();
                    }),
                report -> {}));
    assertThat(thrown == null || thrown instanceof Killed).as(String.valueOf(thrown)).isTrue();
    return thrown != null;
  }

  @Test
  void noServerOpensWhatIsHalfCopied() throws Exception {
    killAfter(5);

    assertThatThrownBy(this::moved)
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("move")
        .hasMessageContaining("not finished");

    move();
    moved().close();
  }

  private void killAfter(int pages) {
    AtomicInteger left = new AtomicInteger(pages);
    assertThatThrownBy(() ->
            Move.run(
                file,
                options(),
                Progress.NONE,
                new Move.Pace(
                    7,
                    () -> {
                      if (left.decrementAndGet() == 0) {
                        throw new Killed();
                      }
                    }),
                report -> {}))
        .isInstanceOf(Killed.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a change of an account", "another agent", "a token that is used"})
  void sourceThatChangedMeanwhileIsNoticed(String what) throws Exception {
    killAfter(8);
    switch (what) {
      case "a change of an account" -> {
        try (Directory again = Directory.open(file, Directory.Options.standard())) {
          again
              .users()
              .update(
                  CUSTOMER,
                  Fixture.REF,
                  Fixture.named("changed meanwhile"),
                  new EntityTag.Any(),
                  Fixture.request());
        }
      }
      case "another agent" -> sqlInSource("update agents set display_name = 'Other'");
      default -> sqlInSource("update refresh_tokens set replaced_at = 1");
    }

    assertThatThrownBy(this::move)
        .isInstanceOf(MoveException.class)
        .hasMessageContaining("changed since this move began");
  }

  /** What no journal tells of is found at the end. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "update users set display_name = 'x' where user_id = " + THE_USER,
        "delete from passwords where user_id = " + THE_USER,
        "update journal_heads set hash = sha256(hash) where seq > 5",
        "insert into journal_heads (customer_id, seq, hash) select partner_id, 1, hash"
            + " from partners, journal_heads limit 1",
        "update journal set position = -position where seq = 7",
        "update secrets set secret = sha256(secret)"
      })
  void copyThatDiffersIsNotProved(String difference) {
    assertThat(provingAfter(difference)).hasMessageContaining("not proved");

    assertThatThrownBy(this::moved).hasMessageContaining("not finished");
  }

  @Test
  void everyDifferenceIsTold() {
    MoveException refused =
        provingAfter(
            "update journal_heads set seq = seq + 1 where seq > 5",
            "update journal set position = -position where seq = 7",
            "update secrets set secret = sha256(secret)",
            "insert into former_customers (customer_id, partner_id)"
                + " select customer_id, customer_id from customers",
            "delete from refused_requests where number > 10",
            "update granular_roles set customer_id = partner_id");

    assertThat(refused)
        .hasMessageContaining("Customer " + CUSTOMER + " has rows that differ in the copy")
        .hasMessageContaining("The end of the journal of customer " + CUSTOMER)
        .hasMessageContaining("The rows of the journal have another order in the copy")
        .hasMessageContaining("Table secrets has rows that differ in its copy")
        .hasMessageContaining("Table former_customers has")
        .hasMessageContaining("Table refused_requests has")
        .hasMessageMatching("(?s).*Customer \\S+ is not in the copy.*")
        .hasMessageMatching("(?s).*Customer \\S+ is in the copy only.*");
  }

  /** What a move says of a copy that was changed when all was copied and nothing yet compared. */
  private MoveException provingAfter(String... differences) {
    AtomicInteger proving = new AtomicInteger();
    MoveException refused =
        catchThrowableOfType(
            MoveException.class,
            () ->
                Move.run(
                    file,
                    options(),
                    (step, done, total) -> {
                      if (step.equals("Copying refused_requests")
                          && done == total
                          && proving.getAndIncrement() == 0) {
                        Stream.of(differences).forEach(this::change);
                      }
                    },
                    report -> {}));
    assertThat(proving).hasPositiveValue();
    return refused;
  }

  private void change(String statement) {
    try {
      sqlInTarget(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void journalThatIsFaultyInBothIsNotProved() throws Exception {
    sqlInSource("update journal set changes = '[]' where position = 5");

    assertThatThrownBy(this::move)
        .isInstanceOf(MoveException.class)
        .hasMessageContaining("In the journal of customer");
  }

  @Test
  void databaseOfSomethingElseIsRefusedAndLeftAlone() throws Exception {
    target.close();
    target = TestStore.withoutTables();
    sqlInTarget("create table invoices (number integer)");

    assertThatThrownBy(this::move)
        .isInstanceOfSatisfying(MoveException.class, e -> assertThat(e.isRefused()).isTrue())
        .hasMessageContaining("invoices");
    assertThat(target.tables()).containsOnlyKeys("invoices");
  }

  @Test
  void storeThatIsUsedIsRefused() throws Exception {
    try (Directory other = moved()) {
      other.operators().createAnother("First");
    }

    assertThatThrownBy(this::move)
        .isInstanceOf(MoveException.class)
        .hasMessageContaining("is not empty");
    assertThat(inTarget("select count(*) from users")).isZero();
  }

  @Test
  void storeThatHasOnlyItsTablesIsTaken() throws Exception {
    Move.makeTables(options());
    assertThat(target.tables()).containsKey("users");

    assertThat(move().rows()).isPositive();
  }

  @Test
  void moveIsNotMadeTwice() throws Exception {
    move();

    assertThatThrownBy(this::move)
        .isInstanceOf(MoveException.class)
        .hasMessageContaining("has rows");
  }

  @Test
  void unfinishedMoveOfAnotherStoreIsRefused() throws Exception {
    killAfter(5);
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path other = elsewhere.resolve("vidame.db");
    new Fixture(TestStore.ofFile(elsewhere)).close();

    assertThatThrownBy(() -> Move.run(other, options(), Progress.NONE, report -> {}))
        .isInstanceOf(MoveException.class)
        .hasMessageContaining("another store");

    assertThat(move().rows()).isPositive();
  }

  @Test
  void sameStoreHasTheSameDigestWhereverItIsMoved() throws Exception {
    String first = move().digest();
    try (TestStore another = TestStore.in(folder)) {
      List<MoveReport> reports = new ArrayList<>();
      Move.run(file, PostgresOptions.standard(another.url()), Progress.NONE, reports::add);

      assertThat(reports.getFirst().digest()).isEqualTo(first).hasSize(64);
    }
  }

  @Test
  void textThatADatabaseCannotHoldIsNamed() throws Exception {
    sqlInSource("update agents set display_name = 'a' || char(0) || 'b'");

    assertThatThrownBy(this::move).isInstanceOf(MoveException.class).hasMessageContaining("agents");
  }

  @Test
  void sourceWithTablesThatAreUnknownIsRefused() throws Exception {
    sqlInSource("create table notes (text text)");

    assertThatThrownBy(this::move).isInstanceOf(MoveException.class).hasMessageContaining("notes");
  }

  @ParameterizedTest
  @CsvSource({
    "delete from schema_history where version = '16', older version",
    "update schema_history set version = '99' where version = '16', newer version"
  })
  void sourceOfAnotherVersionIsRefused(String change, String told) throws Exception {
    sqlInSource(change);

    assertThatThrownBy(this::move).isInstanceOf(MoveException.class).hasMessageContaining(told);
  }

  @Test
  void fileThatIsNoStoreIsRefused() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.db"));

    assertThatThrownBy(() -> Move.run(empty, options(), Progress.NONE, report -> {}))
        .isInstanceOf(MoveException.class)
        .hasMessageContaining("no store");
  }

  @Test
  void databaseThatDoesNotAnswerIsToldWithoutItsPassword() {
    PostgresOptions none = PostgresOptions.standard("jdbc:postgresql://127.0.0.1:1/nothing");
    PostgresOptions secret =
        new PostgresOptions(
            none.url(),
            "",
            "somebody",
            "very-secret-word",
            none.connections(),
            none.statementTimeout(),
            none.lockTimeout(),
            false);

    assertThatThrownBy(() -> Move.run(file, secret, Progress.NONE, report -> {}))
        .isInstanceOfSatisfying(MoveException.class, e -> assertThat(e.isRefused()).isFalse())
        .hasMessageNotContaining("very-secret-word")
        .hasMessageContaining("refused");
  }
}
