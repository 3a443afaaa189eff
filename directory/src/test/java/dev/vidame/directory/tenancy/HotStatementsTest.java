package dev.vidame.directory.tenancy;

import static dev.vidame.directory.Fixture.CUSTOMER;
import static dev.vidame.directory.Fixture.DOMAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.vidame.directory.Directory;
import dev.vidame.directory.Fixture;
import dev.vidame.directory.TestPostgres;
import dev.vidame.directory.paging.PageQuery;
import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.Standings.Bearer;
import dev.vidame.directory.users.EntityTag;
import dev.vidame.directory.users.User;
import dev.vidame.directory.users.UserQuery;
import dev.vidame.directory.users.UserRef;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.PasswordProfile;
import dev.vidame.wire.UserId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a request about accounts asks a database, as its driver sends it: each statement is a matter
 * of one shard, and found by an index that begins or goes on with the customer.
 */
@Tag("postgresql")
class HotStatementsTest {
  /** Must be among them, or this test hears nothing. */
  private static final Set<String> SURELY =
      Set.of(
          "Standings.STANDING",
          "Standings.PARTNER_AND_CUSTOMER",
          "UserTable.BY_ID",
          "UserTable.INSERT",
          "UserTable.SET_PASSWORD",
          "UserTable.UPDATE_PROPERTIES",
          "UserTable.UPDATE_KEYS",
          "UserTable.NAME_TAKEN",
          "RequestsInStore.OF_CUSTOMER",
          "LockedHeads.LOCK",
          "LockedHeads.MOVE",
          "Journal.INSERT");

  /** Weak references are all that the library keeps, hence a field. */
  private static final Logger DRIVER = Logger.getLogger("org.postgresql.core.v3.QueryExecutorImpl");

  private static final Pattern PARSED =
      Pattern.compile(
          "FE=> Parse\\(stmt=[^,]*,query=\"(.*)\",oids=\\{([\\d,]*)\\}.*", Pattern.DOTALL);

  private static final Pattern FOUND_BY =
      Pattern.compile(
          "(?:-> +)?(?:Bitmap Index Scan on|Index (?:Only )?Scan (?:Backward )?using) (\\w+).*");

  /** Each statement with the types of its parameters. */
  private final Map<String, String> sent = new ConcurrentHashMap<>();

  private final Handler listener =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          Matcher parsed = PARSED.matcher(record.getMessage().strip());
          if (parsed.matches()) {
            sent.put(parsed.group(1), parsed.group(2));
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @TempDir private Path folder;
  private Fixture fixture;

  @BeforeEach
  void open() throws SQLException {
    fixture = new Fixture(folder);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  /** What a second server sends, whose connections have prepared nothing yet. */
  private Set<String> statements() throws SQLException {
    Bearer alone = fixture.application();
    Bearer agent =
        new Bearer(
            Fixture.PARTNER, alone.application(), alone.secret(), new AgentId(new UUID(6, 6)));
    Directory.Options options = Directory.Options.standard().withClock(fixture.clock());
    try (Directory other = fixture.store().open(options)) {
      DRIVER.setLevel(Level.FINEST);
      DRIVER.setUseParentHandlers(false);
      DRIVER.addHandler(listener);
      try {
        assertThat(other.standings().of(alone, CUSTOMER)).isPresent();
        assertThat(other.standings().of(agent, CUSTOMER)).isEmpty();
        useAccounts(other);
      } finally {
        DRIVER.removeHandler(listener);
        DRIVER.setUseParentHandlers(true);
        DRIVER.setLevel(null);
      }
    }
    Set<String> statements = new TreeSet<>(sent.keySet());
    statements.removeIf(text -> !Sql.isStatement(text));
    return statements;
  }

  private static void useAccounts(Directory directory) {
    UserId id = new UserId(new UUID(4, 4));
    UserRef account = new UserRef.ById(id);
    CustomerUserUpdate properties =
        CustomerUserUpdate.builder()
            .userPrincipalName("hot@" + DOMAIN)
            .displayName("Hot")
            .passwordProfile(PasswordProfile.temporary("abCD123*"))
            .build();
    directory.users().create(CUSTOMER, id, properties, Fixture.request());
    User user = directory.users().get(CUSTOMER, account);
    assertThat(directory.users().page(CUSTOMER, UserQuery.active(), PageQuery.first(10)).items())
        .contains(user)
        .hasSize(2);
    directory
        .users()
        .update(CUSTOMER, account, Fixture.named("Hotter"), new EntityTag.Any(), Fixture.request());
    assertThat(directory.users().delete(CUSTOMER, account, Fixture.request())).isFalse();
    directory
        .users()
        .update(
            CUSTOMER,
            account,
            CustomerUserUpdate.builder().restore().build(),
            new EntityTag.Any(),
            Fixture.request());
    assertThat(directory.users().get(CUSTOMER, account).displayName()).isEqualTo("Hotter");
  }

  /** Whether numbered or not, a parameter is a parameter. */
  private static String plain(String statement) {
    return statement.replaceAll("[?$]\\d+", "?").strip();
  }

  private static Set<String> names(Set<String> statements) {
    Map<String, String> known = new HashMap<>();
    StatementsTest.statements().forEach(one -> known.put(plain(one.text()), one.name()));
    Set<String> names = new TreeSet<>();
    for (String statement : statements) {
      known.forEach((text, name) -> {
        if (plain(statement).startsWith(text)) {
          names.add(name);
        }
      });
    }
    return names;
  }

  @Test
  void eachIsHeldToOneCustomerAndExcusedFromNothing() throws SQLException {
    Map<String, Set<String>> spread = new HashMap<>();
    DistributionTest.ofCustomers().forEach(table -> spread.put(table, Set.of("customer_id")));
    Sql byCustomer = new Sql(spread, List.of("customer_id", "of_customer"));

    Set<String> statements = statements();

    for (String statement : statements) {
      assertThat(byCustomer.unbound(statement.replace('$', '?'))).as(statement).isEmpty();
      assertThat(statement).doesNotContain("refused_requests");
    }
    assertThat(names(statements))
        .containsAll(SURELY)
        .doesNotContainAnyElementsOf(StatementsTest.excused());
  }

  @Test
  void eachIsFoundByAnIndexWithTheCustomer() throws SQLException {
    assumeThat(TestPostgres.isCitus()).as("plans there are those of its workers").isFalse();
    Set<String> statements = statements();
    Set<String> indexes = new TreeSet<>();
    try (Connection connection = planning();
        Statement jdbc = connection.createStatement()) {
      for (String statement : statements) {
        List<String> plan = plan(jdbc, statement);
        assertThat(scanned(plan)).as("%s%n%s", statement, plan).isEmpty();
        indexes.addAll(foundBy(plan, statement));
      }
    }
    assertThat(indexes).contains("users_pkey", "journal_heads_pkey");
  }

  @Test
  void planWithoutTheCustomerIsSeen() throws SQLException {
    assumeThat(TestPostgres.isCitus()).isFalse();
    try (Connection connection = planning();
        Statement jdbc = connection.createStatement()) {
      for (String statement :
          List.of(
              "select 1 from users where user_id = $1",
              "select 1 from users where phone_number is not null",
              "update licenses set since = 1 where lower(sku_id) = $1",
              "select seq from journal where request_key = $1")) {
        sent.put(statement, statement.contains("$") ? "0" : "");

        List<String> plan = plan(jdbc, statement);

        Throwable seen = catchThrowable(() -> foundBy(plan, statement));
        assertThat(seen != null || !scanned(plan).isEmpty()).as(plan.toString()).isTrue();
      }
    }
  }

  /** Plans for any parameters, and reads no whole table where there is another way. */
  private Connection planning() throws SQLException {
    Connection connection = fixture.store().connect();
    try (Statement settings = connection.createStatement()) {
      settings.execute("set plan_cache_mode = force_generic_plan");
      settings.execute("set enable_seqscan = off");
    }
    return connection;
  }

  /** The steps of a statement whose parameters are not known. */
  private List<String> plan(Statement jdbc, String statement) throws SQLException {
    List<String> types =
        Stream.of(sent.getOrDefault(statement, "").split(",", -1))
            .filter(type -> !type.isEmpty())
            .toList();
    jdbc.execute("prepare hot" + inBrackets(names(jdbc, types)) + " as " + statement);
    List<String> plan = new ArrayList<>();
    String arguments = inBrackets(types.stream().map(type -> "null").toList());
    try (ResultSet rows = jdbc.executeQuery("explain (costs off) execute hot" + arguments)) {
      while (rows.next()) {
        plan.add(rows.getString(1).strip());
      }
    }
    jdbc.execute("deallocate hot");
    return plan;
  }

  /** The types by their names; where none is told, it follows from the statement. */
  private static List<String> names(Statement jdbc, List<String> types) throws SQLException {
    List<String> names = new ArrayList<>();
    for (String type : types) {
      try (ResultSet name = jdbc.executeQuery("select format_type(" + type + ", null)")) {
        name.next();
        names.add(type.equals("0") ? "unknown" : name.getString(1));
      }
    }
    return names;
  }

  private static String inBrackets(List<String> list) {
    return list.isEmpty() ? "" : list.stream().collect(Collectors.joining(",", "(", ")"));
  }

  private static List<String> scanned(List<String> plan) {
    return plan.stream()
        .filter(step ->
            DistributionTest.ofCustomers().stream()
                .anyMatch(table -> step.matches(".*Seq Scan on " + table + "\\b.*")))
        .toList();
  }

  private static Set<String> foundBy(List<String> plan, String statement) {
    Set<String> ofCustomers = new TreeSet<>();
    DistributionTest.ofCustomers().forEach(table -> ofCustomers.add(table + "_pkey"));
    Schema.indexes(Schema.text()).stream()
        .filter(index -> DistributionTest.ofCustomers().contains(index.table()))
        .forEach(index -> ofCustomers.add(index.name()));
    Set<String> indexes = new TreeSet<>();
    for (int i = 0; i < plan.size(); i++) {
      Matcher scan = FOUND_BY.matcher(plan.get(i));
      if (scan.matches() && ofCustomers.contains(scan.group(1))) {
        String condition = i + 1 < plan.size() ? plan.get(i + 1) : "";
        assertThat(condition).as(statement).startsWith("Index Cond").contains("customer_id =");
        indexes.add(scan.group(1));
      }
    }
    return indexes;
  }
}
