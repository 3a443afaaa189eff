package dev.vidame.directory.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.OnBehalf;
import dev.vidame.directory.PostgresOptions;
import dev.vidame.directory.Together;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.wire.CustomerId;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Statements that forget whose rows they mean, on a server that knows. */
@Tag("postgresql")
class PartnerWallTest {
  private static final PartnerId ONE = new PartnerId(new UUID(1, 1));
  private static final PartnerId TWO = new PartnerId(new UUID(2, 2));
  private static final CustomerId OF_ONE = new CustomerId(new UUID(1, 10));
  private static final CustomerId OF_TWO = new CustomerId(new UUID(2, 20));

  /** Has a customer or a partner, and is asked for before anybody knows on whose behalf. */
  private static final Set<String> OUTSIDE =
      Set.of(
          "authorization_codes",
          "dashboard_sessions",
          "device_codes",
          "domains",
          "journal_heads",
          "partners",
          "refresh_tokens");

  private static EmbeddedPostgres server;
  private static int schemas;

  private String schema;
  private PostgresTransactions store;

  @BeforeAll
  static void start() throws IOException, SQLException {
    server = EmbeddedPostgres.builder().start();
    asSuperuser("create role vidame login");
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @BeforeEach
  void fill() throws SQLException {
    schema = "wall_" + ++schemas;
    asSuperuser("create schema " + schema + " authorization vidame");
    store = PostgresTransactions.open(options("vidame").withPartnerWall());
    for (String table : PartnerWall.tables()) {
      insert(table, ONE, OF_ONE);
      insert(table, TWO, OF_TWO);
    }
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static void asSuperuser(String statement) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
        Statement jdbc = connection.createStatement()) {
      jdbc.execute(statement);
    }
  }

  private String url(String user) {
    return server.getJdbcUrl(user, "postgres") + "&currentSchema=" + schema;
  }

  private PostgresOptions options(String user) {
    return PostgresOptions.standard(url(user));
  }

  /** A row that says nothing but whose it is. */
  private void insert(String table, PartnerId partner, CustomerId customer) throws SQLException {
    Map<String, String> columns = columns(table);
    String statement =
        "insert into %s (%s) values (%s)"
            .formatted(
                table,
                String.join(", ", columns.keySet()),
                String.join(", ", columns.values().stream().map(type -> "?").toList()));
    try (Connection connection = DriverManager.getConnection(url("postgres"));
        PreparedStatement row = connection.prepareStatement(statement)) {
      int place = 0;
      for (Map.Entry<String, String> column : columns.entrySet()) {
        row.setObject(
            ++place,
            switch (column.getKey()) {
              case "partner_id" -> partner.value();
              case "customer_id" -> customer.value();
              default -> something(column.getValue(), customer);
            });
      }
      row.executeUpdate();
    }
  }

  private static Object something(String type, CustomerId whose) {
    return switch (type) {
      case "uuid" -> whose.value();
      case "text" -> whose.toString();
      case "bytea" -> new byte[] {(byte) whose.value().getMostSignificantBits()};
      case "bigint" -> 0L;
      case "smallint" -> (short) 0;
      default -> throw new IllegalArgumentException(type);
    };
  }

  private Map<String, String> columns(String table) throws SQLException {
    Map<String, String> columns = new LinkedHashMap<>();
    try (Connection connection = DriverManager.getConnection(url("postgres"));
        PreparedStatement statement =
            connection.prepareStatement(
                "select column_name, data_type from information_schema.columns"
                    + " where table_schema = ? and table_name = ? order by ordinal_position")) {
      statement.setString(1, schema);
      statement.setString(2, table);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          columns.put(rows.getString(1), rows.getString(2));
        }
      }
    }
    assertThat(columns).as(table).isNotEmpty();
    return columns;
  }

  private static long count(Session session, String table) throws SQLException {
    return session
        .one("select count(*) from " + table, none -> {}, row -> row.number(1))
        .orElseThrow();
  }

  private long count(String table) {
    return store.query(session -> count(session, table));
  }

  private long seen(PartnerId partner, String table) {
    return OnBehalf.of(partner, () -> count(table));
  }

  private static int touch(Session session, String table) throws SQLException {
    return session.update("update %1$s set %2$s = %2$s".formatted(table, key(table)), none -> {});
  }

  private static String key(String table) {
    return Set.of(
                "agents",
                "applications",
                "external_issuers",
                "former_actors",
                "issuer_sign_ins",
                "recovery_codes",
                "refused_requests",
                "second_factors")
            .contains(table)
        ? "partner_id"
        : "customer_id";
  }

  @Test
  void aPartnerSeesAndChangesNothingOfAnother() throws SQLException {
    for (String table : PartnerWall.tables()) {
      assertThat(seen(ONE, table)).as("seen in %s", table).isOne();
      long read = OnBehalf.of(ONE, () -> store.read(session -> count(session, table)));
      assertThat(read).as("seen in %s", table).isOne();
      int changed = OnBehalf.of(TWO, () -> store.writeShared(session -> touch(session, table)));
      assertThat(changed).as("changed in %s", table).isOne();
      assertThat(count(table)).as("rows of %s", table).isEqualTo(2);
    }
  }

  @Test
  void whatIsForNobodySeesAllAlsoWithinARequestOfAPartner() {
    assertThat(OnBehalf.of(ONE, () -> OnBehalf.ofNobody(() -> count("agents")))).isEqualTo(2);
    assertThat(seen(ONE, "agents")).isOne();
  }

  @Test
  void aPartnerDeletesNothingOfAnother() {
    for (String table : PartnerWall.tables()) {
      if (!table.equals("relationships")) { // by which all the others are known
        int deleted =
            OnBehalf.of(
                ONE,
                () ->
                    store.write(
                        OF_TWO, session -> session.update("delete from " + table, none -> {})));
        assertThat(deleted).as("deleted from %s", table).isOne();
        assertThat(seen(TWO, table)).as("left of %s", table).isOne();
      }
    }
  }

  @Test
  void everyTableThatHasAnOwnerIsBehindTheWallOrHasAReason() throws SQLException {
    Set<String> owned = new TreeSet<>();
    try (Connection connection = DriverManager.getConnection(url("postgres"));
        PreparedStatement statement =
            connection.prepareStatement(
                "select distinct table_name from information_schema.columns"
                    + " where table_schema = ? and column_name in ('customer_id', 'partner_id')")) {
      statement.setString(1, schema);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          owned.add(rows.getString(1));
        }
      }
    }
    Set<String> known = new TreeSet<>(PartnerWall.tables());
    known.addAll(OUTSIDE);
    assertThat(owned).isEqualTo(known);
  }

  @Test
  void thoseWhoShareACommitSeeEachTheirOwn() throws Exception {
    List<Long> seen =
        Together.run(
            60,
            id ->
                () ->
                    switch (id % 4) {
                      case 0 -> OnBehalf.of(ONE, () -> ownUsers(OF_ONE));
                      case 1 -> OnBehalf.of(TWO, () -> ownUsers(OF_TWO));
                      case 2 -> OnBehalf.of(TWO, this::refused);
                      default -> store.write(OF_ONE, session -> count(session, "users"));
                    });

    for (int id = 0; id < seen.size(); id++) {
      assertThat(seen.get(id)).as("caller %d", id).isEqualTo(id % 4 == 3 ? 2 : 1);
    }
    assertThat(count("users")).isEqualTo(2);
  }

  /** In the lane of one customer, so that those of several partners share commits. */
  private long ownUsers(CustomerId expected) {
    return store.write(
        OF_ONE,
        session -> {
          List<CustomerId> found =
              session.list(
                  "select customer_id from users", none -> {}, row -> new CustomerId(row.uuid(1)));
          assertThat(found).containsOnly(expected);
          touch(session, "users");
          return (long) found.size();
        });
  }

  private long refused() {
    try {
      store.write(
          OF_ONE,
          session -> {
            touch(session, "users");
            throw new Failure.UserNotFound().asException();
          });
      return 0;
    } catch (DirectoryException e) {
      return 1;
    }
  }

  @Test
  void eachOfSeveralStatementsIsHeld() {
    List<Long> seen =
        OnBehalf.of(
            ONE,
            () ->
                store.query(session -> {
                  List<Long> counts = new ArrayList<>();
                  counts.add(count(session, "users"));
                  counts.add(count(session, "users"));
                  session.scan(
                      "select count(*) from users", none -> {}, row -> counts.add(row.number(1)));
                  counts.add(count(session, "users"));
                  return counts;
                }));

    assertThat(seen).containsExactly(1L, 1L, 1L, 1L);
    assertThat(count("users")).isEqualTo(2);
  }

  @Test
  void whatIsAskedForLaterIsHeld() {
    Session.Mapper<Long> number = row -> row.number(1);
    String count = "select count(*) from users";
    List<Long> seen =
        OnBehalf.of(
            ONE,
            () ->
                store.write(
                    OF_ONE,
                    session -> {
                      Asked<Long> own = session.ask(count, none -> {}, number);
                      long all =
                          session.acrossPartners(
                              () -> session.ask(count, none -> {}, number).answer().orElseThrow());
                      Asked<Long> ownAgain = session.ask(count, none -> {}, number);
                      return List.of(
                          own.answer().orElseThrow(), all, ownAgain.answer().orElseThrow());
                    }));

    assertThat(seen).containsExactly(1L, 2L, 1L);
    long alone =
        OnBehalf.of(
            ONE,
            () ->
                store.query(
                    session -> session.ask(count, none -> {}, number).answer().orElseThrow()));
    assertThat(alone).isOne();
  }

  @Test
  void aRoleThatNoWallHoldsIsRefused() {
    assertThatThrownBy(
            () -> PostgresTransactions.open(options("postgres").withPartnerWall()).close())
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("superuser");
  }

  /** Which a wall over it would not hold, without a word. */
  @Test
  void aStoreThatCitusHasSpreadIsRefused() throws SQLException {
    asSuperuser("create table %s.pg_dist_partition (logicalrelid regclass)".formatted(schema));
    asSuperuser("grant select on %s.pg_dist_partition to vidame".formatted(schema));
    PostgresTransactions.open(options("vidame").withPartnerWall()).close(); // nothing is spread yet
    asSuperuser(
        "insert into %1$s.pg_dist_partition values ('%1$s.relationships')".formatted(schema));

    assertThatThrownBy(() -> PostgresTransactions.open(options("vidame").withPartnerWall()).close())
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("Citus");
  }

  @Test
  void serversThatStartTogetherBuildItOnce() throws Exception {
    schema = "wall_" + ++schemas;
    asSuperuser("create schema " + schema + " authorization vidame");
    PostgresTransactions.open(options("vidame")).close(); // a store from before

    List<Boolean> opened =
        Together.run(
            4,
            id ->
                () -> {
                  PostgresTransactions.open(options("vidame").withPartnerWall()).close();
                  return true;
                });

    assertThat(opened).containsOnly(true);
    insert("users", TWO, OF_TWO);
    try (PostgresTransactions walled =
            PostgresTransactions.open(options("vidame").withPartnerWall());
        PostgresTransactions open = PostgresTransactions.open(options("vidame"))) {
      long held = OnBehalf.of(ONE, () -> walled.query(session -> count(session, "users")));
      long free = OnBehalf.of(ONE, () -> open.query(session -> count(session, "users")));
      assertThat(held).isZero();
      assertThat(free).isOne();
    }
  }
}
