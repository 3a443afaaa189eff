package dev.vidame.directory.storage;

import static dev.vidame.directory.Fixture.CUSTOMER;
import static dev.vidame.directory.Fixture.DOMAIN;
import static dev.vidame.directory.Fixture.named;
import static dev.vidame.directory.Fixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidame.directory.Directory;
import dev.vidame.directory.Fixture;
import dev.vidame.directory.TestStore;
import dev.vidame.directory.paging.PageQuery;
import dev.vidame.directory.users.EntityTag;
import dev.vidame.directory.users.UserQuery;
import dev.vidame.directory.users.UserRef;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.PasswordProfile;
import dev.vidame.wire.UserId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A version goes on beside the next one, which has changed the schema below it. The version before
 * is here by its statements, and the next one by scripts of the kinds that are allowed.
 */
@Tag("postgresql") // a file has one program at a time
class RollingUpgradeTest {
  private static final String MIGRATIONS = "classpath:dev/vidame/directory/storage/postgresql";
  private static final String NEXT = "classpath:dev/vidame/directory/storage/next";
  private static final Path STATEMENTS =
      Path.of("src/test/resources/dev/vidame/directory/storage/statements");

  /** What it adds, where nothing of the kind is there yet. */
  private static final List<String> ADDED =
      List.of(
          "UserTable.INSERT",
          "UserTable.SET_PASSWORD",
          "Journal.INSERT",
          "LockedHeads.FIRST",
          "RequestsInStore.REMEMBER",
          "LicenseTable.PUT",
          "RefreshTokens.INSERT",
          "DashboardSessions.INSERT",
          "Leases.TAKE");

  /** What it changes of a row that is there. */
  private static final List<String> CHANGED =
      List.of(
          "UserTable.UPDATE_PROPERTIES",
          "UserTable.UPDATE_KEYS",
          "LockedHeads.MOVE",
          "RefreshTokens.REVOKE_FAMILY",
          "DashboardSessions.KEEP_NOTICE");

  /** What it finds. */
  private static final List<String> FOUND =
      List.of(
          "UserTable.BY_ID",
          "LockedHeads.LOCK",
          "RequestsInStore.OF_CUSTOMER",
          "RefreshTokens.FIND",
          "DashboardSessions.FIND");

  /** What it asks and is answered, though the rows that are there are disabled. */
  private static final List<String> ASKED = List.of("Standings.PARTNER_AND_CUSTOMER");

  /** The values of the rows that are there, and others. */
  private static final int THERE = 1;

  private static final int NEW = 2;

  private static int newest() throws IOException {
    try (Stream<Path> files =
        Files.list(Path.of("src/main/resources/dev/vidame/directory/storage/postgresql"))) {
      return files
          .mapToInt(file ->
              Integer.parseInt(file.getFileName().toString().replaceAll("V(\\d+)__.*", "$1")))
          .max()
          .orElseThrow();
    }
  }

  private static void migrate(TestStore store, String target, String... locations) {
    Flyway.configure()
        .dataSource(store.url(), null, null)
        .locations(locations)
        .table("schema_history")
        .target(target)
        .load()
        .migrate();
  }

  private static List<String> statements(int version) throws IOException {
    return Files.readAllLines(STATEMENTS.resolve("V" + version + ".txt")).stream()
        .map(line -> line.replace("\\u001f", "\u001f"))
        .toList();
  }

  private static void bind(PreparedStatement statement, int values) throws SQLException {
    ParameterMetaData types = statement.getParameterMetaData();
    for (int place = 1; place <= types.getParameterCount(); place++) {
      switch (types.getParameterTypeName(place)) {
        case "uuid" -> statement.setObject(place, new UUID(values, values));
        case "bytea" -> statement.setBytes(place, new byte[] {(byte) values});
        case "int2", "int4", "int8" -> statement.setLong(place, values);
        default -> statement.setString(place, "v" + values);
      }
    }
  }

  /** What became of a statement: whether there were rows, or why it was refused. */
  private static String outcome(Connection connection, String statement, int values)
      throws SQLException {
    String text =
        PostgresSql.of(statement.substring(statement.indexOf('\t') + 1))
            .text()
            .replace("? is null", "cast(? as uuid) is null"); // which nothing else says
    try (PreparedStatement prepared = connection.prepareStatement(text)) {
      bind(prepared, values);
      if (!prepared.execute()) {
        return prepared.getUpdateCount() + " changed";
      }
      try (ResultSet rows = prepared.getResultSet()) {
        return rows.next() ? "found" : "none found";
      }
    } catch (SQLException e) {
      connection.rollback();
      return "refused: " + e.getSQLState();
    }
  }

  /** Of each statement, with the values of rows that are there and with others. */
  private static Map<String, String> outcomes(Connection connection, List<String> statements)
      throws SQLException {
    Map<String, String> outcomes = new TreeMap<>();
    for (String statement : statements) {
      for (int values : List.of(THERE, NEW)) {
        outcomes.put(values + " " + statement, outcome(connection, statement, values));
        connection.rollback();
      }
    }
    return outcomes;
  }

  private static void fill(Connection connection, List<String> statements) throws SQLException {
    for (String statement : statements) {
      if (statement.contains("\tinsert ")) {
        outcome(connection, statement, THERE);
        connection.commit();
      }
    }
  }

  private static List<String> of(Map<String, String> outcomes, int values, List<String> names) {
    return names.stream()
        .map(name ->
            name
                + " "
                + outcomes.entrySet().stream()
                    .filter(outcome -> outcome.getKey().startsWith(values + " " + name + "\t"))
                    .map(Map.Entry::getValue)
                    .toList())
        .toList();
  }

  private static List<String> all(List<String> names, String outcome) {
    return names.stream().map(name -> name + " [" + outcome + "]").toList();
  }

  @Test
  void whatTheVersionBeforeDoesWorksAsBefore() throws Exception {
    int newest = newest();
    List<String> statements = statements(newest - 1);
    try (TestStore store = TestStore.withoutTables()) {
      migrate(store, String.valueOf(newest - 1), MIGRATIONS);
      try (Connection connection = store.connect()) {
        connection.setAutoCommit(false);
        fill(connection, statements);
        Map<String, String> before = outcomes(connection, statements);

        store.transactions().close();

        assertThat(outcomes(connection, statements)).isEqualTo(before);
        assertThat(before.values().stream().filter(outcome -> !outcome.startsWith("refused")))
            .hasSizeGreaterThan(400);
        assertThat(of(before, NEW, ADDED)).isEqualTo(all(ADDED, "1 changed"));
        assertThat(of(before, THERE, CHANGED)).isEqualTo(all(CHANGED, "1 changed"));
        assertThat(of(before, THERE, FOUND)).isEqualTo(all(FOUND, "found"));
        assertThat(of(before, THERE, ASKED)).isEqualTo(all(ASKED, "none found"));
        assertHarmIsSeen(connection, statements);
      }
    }
  }

  private static void assertHarmIsSeen(Connection connection, List<String> statements)
      throws SQLException {
    for (String harm :
        List.of(
            "alter table leases rename column holder to owner",
            "alter table users add column kind bigint not null default 0",
            "alter table users alter column kind drop default",
            "drop table dashboard_sessions")) {
      outcome(connection, "harm\t" + harm, NEW);
      connection.commit();
    }
    Map<String, String> after = outcomes(connection, statements);
    assertThat(
            of(after, NEW, List.of("Leases.TAKE", "UserTable.INSERT", "DashboardSessions.INSERT")))
        .containsExactly(
            "Leases.TAKE [refused: 42703]",
            "UserTable.INSERT [refused: 23502]",
            "DashboardSessions.INSERT [refused: 42P01]");
  }

  private static void useAccounts(Directory directory, long number) {
    UserId id = new UserId(new UUID(4, number));
    UserRef account = new UserRef.ById(id);
    CustomerUserUpdate properties =
        CustomerUserUpdate.builder()
            .userPrincipalName("u" + number + "@" + DOMAIN)
            .displayName("U")
            .passwordProfile(PasswordProfile.temporary("abCD123*"))
            .build();
    directory.users().create(CUSTOMER, id, properties, request());
    directory.users().update(CUSTOMER, account, named("V"), new EntityTag.Any(), request());
    directory.users().delete(CUSTOMER, account, request());
    directory
        .users()
        .update(
            CUSTOMER,
            account,
            CustomerUserUpdate.builder().restore().build(),
            new EntityTag.Any(),
            request());
    assertThat(directory.users().get(CUSTOMER, account).displayName()).isEqualTo("V");
    assertThat(directory.users().page(CUSTOMER, UserQuery.active(), PageQuery.first(100)).items())
        .extracting(user -> user.id())
        .contains(id);
    assertThat(directory.journal(CUSTOMER, 0, 100)).hasSizeGreaterThanOrEqualTo(6);
  }

  /** Who changes accounts meanwhile waits for a moment at most. */
  @Test
  @Timeout(60)
  void thisVersionGoesOnWhileTheNextOneChangesTheSchema() throws Exception {
    try (Fixture fixture = new Fixture(TestStore.withoutTables())) {
      for (int i = 1; i <= 3; i++) {
        useAccounts(fixture.directory(), i); // the driver prepares what is asked again and again
      }
      AtomicBoolean isOver = new AtomicBoolean();
      CountDownLatch isRunning = new CountDownLatch(20);
      CompletableFuture<Long> changes =
          CompletableFuture.supplyAsync(() -> {
            long made = 0;
            while (!isOver.get()) {
              fixture.update(named("n" + made++));
              isRunning.countDown();
            }
            return made;
          });
      isRunning.await();
      long before = fixture.user().version();

      migrate(fixture.store(), "latest", MIGRATIONS, NEXT);

      isOver.set(true);
      assertThat(changes.get(30, TimeUnit.SECONDS)).isGreaterThanOrEqualTo(20);
      useAccounts(fixture.directory(), 9);
      assertThat(fixture.user().version()).isGreaterThanOrEqualTo(before);
      assertThat(fixture.store().tables().get("users")).contains("nickname");
      assertThat(fixture.directory().verifyJournal(CUSTOMER).isIntact()).isTrue();
      assertThatThrownBy(() -> fixture.store().transactions())
          .hasMessageContaining("cannot be brought up to date");
    }
  }
}
