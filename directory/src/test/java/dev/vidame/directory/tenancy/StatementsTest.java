package dev.vidame.directory.tenancy;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.storage.SqliteTransactions;
import dev.vidame.directory.tenancy.CallSites.CallSite;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No statement without its tenant: reads every statement that the module hands to the store. A new
 * one is in the test as soon as it is in the code; one that is written in a way that the test
 * cannot read fails it, and so does a table that is in no list.
 */
class StatementsTest {
  private static final List<String> CUSTOMER_FIRST =
      List.of("customer_id", "of_customer", "partner_id", "of_partner");
  private static final List<String> PARTNER_FIRST =
      List.of("partner_id", "of_partner", "customer_id", "of_customer");

  /** Tables of the whole service, each with why no tenant is in it. */
  private static final Map<String, String> WITHOUT_TENANT =
      Map.ofEntries(
          Map.entry("signing_keys", "the service's"),
          Map.entry("leases", "the service's"),
          Map.entry("secrets", "the service's"),
          Map.entry("operators", "they belong to no partner"),
          Map.entry(
              "application_secrets",
              "of an application, whose id is unique and whose partner is checked"),
          Map.entry("used_assertions", "of an application, which has proved itself by it"),
          Map.entry(
              "application_keys",
              "of an application, whose id is unique and whose partner is checked"),
          Map.entry("journal_indexed", "how far the indexes of the journal have come"),
          Map.entry("journal_slices", "how far customers' rows have come into the index"),
          Map.entry("schema_history", "the store's own"),
          Map.entry("sqlite_sequence", "the store's own"));

  /** Where a statement is not written as a constant: which constants it is made of. */
  private static final Map<String, List<String>> BUILT =
      Map.ofEntries(
          Map.entry("Positions: last", List.of("last")),
          Map.entry("Positions: nextFrom", List.of("nextFrom")),
          Map.entry(
              "RequestsInMemory: (place > 0 ? Table.JOURNAL : Table.UNCHANGED).atPosition",
              List.of("atPosition")),
          Map.entry("RequestsInMemory: table.keysFrom", List.of("keysFrom")),
          Map.entry("Journal: PAGE.in(session)", List.of("PAGE")),
          Map.entry("Journal: END.in(session)", List.of("END")),
          Map.entry("Journal: SEQ_AT.in(session)", List.of("SEQ_AT")),
          Map.entry("Journal: OF_SUBJECT_SINCE.in(session)", List.of("OF_SUBJECT_SINCE")),
          Map.entry(
              "History: statement(selection).in(session)",
              List.of(
                  "OF_PARTNER", "OF_PARTNER_BACKWARDS", "OF_CUSTOMER", "OF_CUSTOMER_BACKWARDS")),
          Map.entry(
              "RefusedRequests: session.dialect() == Dialect.SQLITE ? INSERT : INSERT_NUMBERED",
              List.of("INSERT", "INSERT_NUMBERED")),
          Map.entry("UserList: statements.from(page.seek())", List.of("STATEMENTS")),
          Map.entry("Tally: OF_PARTNER.in(session)", List.of("OF_PARTNER")),
          Map.entry("Tally: OF_CUSTOMER.in(session)", List.of("OF_CUSTOMER")),
          Map.entry("Names: statement", List.of("COMPANY", "AGENT", "APPLICATION")),
          Map.entry(
              "RefusedRequests: isNewestFirst ? BACKWARDS : FORWARDS",
              List.of("BACKWARDS", "FORWARDS")),
          Map.entry("CustomerTable: statement", List.of("DELETE_ALL")),
          Map.entry("PartnerTable: statement", List.of("DELETE")),
          Map.entry(
              "CustomerList: OF_PARTNER + (page.seek() == Seek.FIRST ? \"\" : keyset.behind()) +"
                  + " keyset.order()",
              List.of("OF_PARTNER")),
          Map.entry(
              "RoleTable: MEMBERS + (page.seek() == Seek.FIRST ? \"\" : keyset.behind()) +"
                  + " keyset.order()",
              List.of("MEMBERS")),
          Map.entry(
              "Standings: customer == null ? AGENT_TO_PARTNER : AGENT_TO_CUSTOMER",
              List.of("AGENT_TO_PARTNER", "AGENT_TO_CUSTOMER")),
          Map.entry(
              "Standings: key.statement()",
              List.of("PARTNER", "AGENT", "PARTNER_AND_CUSTOMER", "STANDING")));

  /** Over all customers of one partner, to which each is held; with why. */
  private static final Map<String, String> OF_A_PARTNER =
      Map.ofEntries(
          Map.entry("CustomerList.OF_PARTNER", "a partner lists its customers"),
          Map.entry("Relationships.PAGE", "an operator lists a partner's customers"),
          Map.entry("CustomerTable.COUNT_OF_PARTNER", "a sandbox partner has few customers"),
          Map.entry("PartnerTable.HAS_CUSTOMER", "a partner with customers stays"),
          Map.entry("PartnerTable.DELETE", "a partner goes with all that is its own"),
          Map.entry(
              "History.OF_PARTNER", "a partner reads its own audit records, of all its customers"),
          Map.entry(
              "History.OF_PARTNER_BACKWARDS",
              "a partner reads its own audit records, of all its customers"),
          Map.entry(
              "RefusedRequests.BACKWARDS",
              "a partner reads its own audit records, of all its customers"),
          Map.entry(
              "RefusedRequests.FORWARDS",
              "a partner reads its own audit records, of all its customers"),
          Map.entry(
              "RefusedRequests.ONE", "a partner reads its own audit records, of all its customers"),
          Map.entry("Tally.OF_PARTNER", "a partner counts its own changes, of all its customers"),
          Map.entry("RefusedRequests.DELETE_SURPLUS", "so many of a partner's are kept"),
          Map.entry("GranularRoleTable.PAGE", "an operator lists an agent's roles on customers"),
          Map.entry(
              "GranularRoleTable.DELETE_OF_AGENT", "an agent goes with its roles on customers"));

  /** Over all tenants, with why. */
  private static final Map<String, String> OF_ALL =
      Map.ofEntries(
          Map.entry("AgentTable.BY_ID", "an agent is found by the id in a token that was verified"),
          Map.entry("AgentTable.BY_NAME", "who signs in has a name that is unique on the server"),
          Map.entry("ApplicationTable.BY_ID", "an id is taken once on the server"),
          Map.entry(
              "ApplicationTable.IN_USE",
              "an application proves itself by its id before its partner is known"),
          Map.entry(
              "RefreshTokens.FIND",
              "a token is found by its hash, before anybody knows whose it is"),
          Map.entry(
              "RefreshTokens.REPLACE",
              "a token is found by its hash, before anybody knows whose it is"),
          Map.entry(
              "AuthorizationCodes.FIND",
              "a code is found by its hash, before anybody knows whose it is"),
          Map.entry(
              "AuthorizationCodes.USE",
              "a code is found by its hash, before anybody knows whose it is"),
          Map.entry("AuthorizationCodes.FORGET_AGENT", "the agent was found by its partner"),
          Map.entry(
              "AuthorizationCodes.FORGET_APPLICATION", "the application was found by its partner"),
          Map.entry("AuthorizationCodes.PURGE", "old codes go, whosever they are"),
          Map.entry(
              "DeviceCodes.BY_DEVICE_CODE",
              "a code is found by its hash, before anybody knows whose it is"),
          Map.entry(
              "DeviceCodes.ASKED", "a code is found by its hash, before anybody knows whose it is"),
          Map.entry(
              "DeviceCodes.USE", "a code is found by its hash, before anybody knows whose it is"),
          Map.entry(
              "DeviceCodes.BY_USER_CODE",
              "a person types a code before anybody knows whose device it is"),
          Map.entry("DeviceCodes.ANSWER", "the code was found, and the agent is of its partner"),
          Map.entry("DeviceCodes.IS_TAKEN", "a code that people type is unique on the server"),
          Map.entry("DeviceCodes.WAITING", "the application has proved itself"),
          Map.entry("DeviceCodes.FORGET_AGENT", "the agent was found by its partner"),
          Map.entry("DeviceCodes.FORGET_APPLICATION", "the application was found by its partner"),
          Map.entry(
              "DashboardSessions.FIND",
              "a session is found by its hash, before anybody knows whose it is"),
          Map.entry(
              "DashboardSessions.USE",
              "a session is found by its hash, before anybody knows whose it is"),
          Map.entry(
              "DashboardSessions.END",
              "a session is found by its hash, before anybody knows whose it is"),
          Map.entry(
              "DashboardSessions.KEEP_NOTICE", "the session was found, and its agent is known"),
          Map.entry(
              "DashboardSessions.KEEP_SECRET", "the session was found, and its agent is known"),
          Map.entry(
              "DashboardSessions.KEEP_SELECTION", "the session was found, and its agent is known"),
          Map.entry("DashboardSessions.SELECTION", "the session was found, and its agent is known"),
          Map.entry(
              "DashboardSessions.TAKE_NOTICE", "the session was found, and its agent is known"),
          Map.entry(
              "DashboardSessions.TAKE_SECRET", "the session was found, and its agent is known"),
          Map.entry("DashboardSessions.FORGET_AGENT", "the agent was found by its partner"),
          Map.entry("DashboardSessions.COUNT", "how many there are; what is read is a number"),
          Map.entry("DashboardSessions.END_SURPLUS", "so many are kept, of all partners"),
          Map.entry("DashboardSessions.PURGE", "old sessions go, whosever they are"),
          Map.entry("DeviceCodes.PURGE", "old codes go, whosever they are"),
          Map.entry(
              "ExternalIssuerTable.ALL_IN_USE",
              "whoever checks a token does not know yet for whom its issuer is trusted"),
          Map.entry(
              "ExternalIssuerTable.NAMED_IN_USE",
              "whoever checks a token does not know yet for whom its issuer is trusted"),
          Map.entry(
              "ExternalIssuerTable.BY_AUDIENCE",
              "an issuer is trusted with an audience once on the server"),
          Map.entry("ExternalIssuerTable.BY_ID", "an id is taken once on the server"),
          Map.entry(
              "IssuerSignInTable.OFFERED_BY_ID",
              "whoever signs in has shown nothing yet that is of a partner"),
          Map.entry(
              "IssuerSignInTable.OFFERED_TO_DOMAIN",
              "whoever signs in has shown nothing yet that is of a partner"),
          Map.entry("IssuerSignInTable.ANY", "whether there is any; nothing else is told"),
          Map.entry(
              "IssuerSignInTable.DOMAIN_OF_ANOTHER",
              "a domain is one issuer's of the whole server; only whether it is taken is told"),
          Map.entry(
              "IssuerSignInTable.SECRETS", "all are sealed when the server gets a key for it"),
          Map.entry("SecondFactorTable.ALL", "all are sealed when the server gets a key for it"),
          Map.entry("RefreshTokens.PURGE", "old tokens go, whosever they are"),
          Map.entry("RefreshTokens.REVOKE_FAMILY", "a family has one agent, and its id is chance"),
          Map.entry("RefreshTokens.REVOKE_AGENT", "the agent was found by its partner"),
          Map.entry("RefreshTokens.REVOKE_APPLICATION", "the application was found by its partner"),
          Map.entry("PartnerTable.ANY", "whether the store is empty"),
          Map.entry("PartnerTable.PAGE", "an operator lists the partners"),
          Map.entry(
              "CustomerTable.DOMAIN_TAKEN",
              "a domain is one customer's of the whole server; only whether it is taken is told"),
          Map.entry("Journal.ANY_OTHER", "whether the store is empty"),
          Map.entry(
              "OthersCommits.ENDS",
              "who waits has been let in to each of them; what is read is a number"),
          Map.entry(
              "JournalIndex.INDEX_CUSTOMERS",
              "rows enter the indexes under the tenant that they have"),
          Map.entry("JournalRuns.ADD", "rows enter a run under the tenant that they have"),
          Map.entry("JournalRuns.SWEEP", "rows enter the index under the tenant that they have"),
          Map.entry("JournalRuns.DROP", "all rows of a run are in the index"),
          Map.entry(
              "JournalIndex.INDEX_PARTNERS",
              "rows enter the indexes under the tenant that they have"),
          Map.entry(
              "Positions.last",
              "the journal's positions are of the whole store; what is read is a number or a time"),
          Map.entry(
              "Positions.nextFrom",
              "the journal's positions are of the whole store; what is read is a number or a time"),
          Map.entry(
              "RequestsInMemory.keysFrom",
              "a request is found by its key, which holds its partner, agent, method and path"),
          Map.entry(
              "RequestsInMemory.atPosition",
              "a request is found by its key, which holds its partner, agent, method and path"),
          Map.entry(
              "RequestsInMemory.PURGE_UNCHANGED", "old requests are forgotten, whosever they are"),
          Map.entry("RequestsInStore.PURGE", "old requests are forgotten, whosever they are"),
          Map.entry(
              "RequestsInStore.OF_WHOMEVER",
              "a request is found by its key, which holds its partner, agent, method and path"),
          Map.entry("RefusedRequests.DELETE_OLD", "old requests are forgotten, whosever they are"),
          Map.entry(
              "UserTable.DELETED_BEFORE",
              "the purge finds accounts of all customers, and removes each by its customer"));

  @TempDir private static Path folder;

  /**
   * A statement.
   *
   * @param name the class and the constant
   * @param text the SQL
   */
  record Statement(String name, String text) {}

  /** Which statements may be over several customers. */
  static Set<String> excused() {
    Set<String> excused = new TreeSet<>(OF_ALL.keySet());
    excused.addAll(OF_A_PARTNER.keySet());
    return excused;
  }

  private static Map<String, Set<String>> tables() throws SQLException {
    try (SqliteTransactions store = SqliteTransactions.open(folder.resolve("v.db"))) {
      Map<String, Set<String>> tables = new TreeMap<>();
      store.read(session ->
          session.list(
              "select t.name, c.name from sqlite_master t, pragma_table_info(t.name) c"
                  + " where t.type = 'table'",
              none -> {},
              row -> tables.computeIfAbsent(row.text(1), any -> new HashSet<>()).add(row.text(2))));
      Schema.ofPostgres()
          .forEach((table, columns) ->
              tables.computeIfAbsent(table, any -> new HashSet<>()).addAll(columns));
      return tables;
    }
  }

  static List<Statement> statements() {
    List<Statement> statements = new ArrayList<>();
    for (CallSite site : CallSites.inSources()) {
      String argument = site.argument();
      if (argument.startsWith("\"")) {
        statements.add(
            new Statement(site.toString(), argument.substring(1, argument.length() - 1)));
        continue;
      }
      boolean isConstant = argument.matches("[A-Z][A-Z0-9_]*");
      for (String constant :
          isConstant ? List.of(argument) : BUILT.getOrDefault(site.toString(), List.of())) {
        Constants.statements(site.type(), constant)
            .forEach(
                text -> statements.add(new Statement(site.simpleType() + "." + constant, text)));
      }
    }
    return statements;
  }

  private static Set<String> names(List<Statement> statements) {
    return statements.stream().map(Statement::name).collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyCallIsReadWithItsStatement() {
    List<CallSite> sites = CallSites.inSources();

    assertThat(new TreeMap<>(sites.stream().collect(groupingBy(CallSite::type, counting()))))
        .isEqualTo(CallSites.inClasses());
    assertThat(CallSites.asValues()).isEmpty();
    Set<String> unread =
        sites.stream()
            .filter(site -> !site.argument().startsWith("\""))
            .filter(site -> !site.argument().matches("[A-Z][A-Z0-9_]*"))
            .map(CallSite::toString)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(unread).isEqualTo(new TreeSet<>(BUILT.keySet()));
    for (CallSite site : sites) {
      String argument = site.argument();
      List<String> constants =
          argument.startsWith("\"")
              ? List.of()
              : BUILT.getOrDefault(site.toString(), List.of(argument));
      for (String constant : constants) {
        assertThat(Constants.statements(site.type(), constant))
            .as("%s, constant %s", site, constant)
            .isNotEmpty();
      }
    }
    assertThat(statements()).hasSizeGreaterThan(120);
  }

  @Test
  void everyTableHasATenantOrAReason() throws SQLException {
    tables()
        .forEach((table, columns) ->
            assertThat(CUSTOMER_FIRST.stream().anyMatch(columns::contains))
                .as(table)
                .isNotEqualTo(WITHOUT_TENANT.containsKey(table)));
  }

  @Test
  void everyStatementIsHeldToItsTenant() throws SQLException {
    List<Statement> statements = statements();
    Sql byCustomer = new Sql(tables(), CUSTOMER_FIRST);
    Sql byPartner = new Sql(tables(), PARTNER_FIRST);
    Map<String, Set<String>> faults = new TreeMap<>();
    Set<String> needed = new TreeSet<>();
    for (Statement statement : statements) {
      Set<String> unbound = byCustomer.unbound(statement.text());
      if (!unbound.isEmpty()) {
        needed.add(statement.name());
        boolean isAllowed =
            OF_ALL.containsKey(statement.name())
                || (OF_A_PARTNER.containsKey(statement.name())
                    && byPartner.unbound(statement.text()).isEmpty());
        if (!isAllowed) {
          faults.put(statement.name() + ": " + statement.text(), unbound);
        }
      }
    }
    assertThat(faults).isEmpty();

    Set<String> excused = excused();
    assertThat(needed).as("excuses that are needed").isEqualTo(excused);
    assertThat(names(statements)).containsAll(excused);
  }

  private static final Map<String, Set<String>> EXAMPLE =
      Map.of(
          "users", Set.of("customer_id", "user_id", "upn"),
          "roles", Set.of("customer_id", "user_id"),
          "relations", Set.of("customer_id", "partner_id"),
          "partners", Set.of("partner_id", "name"),
          "settings", Set.of("name"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 1 from users",
        "select 1 from users where user_id = ?",
        "select 1 from users where customer_id = ? or user_id = ?",
        "select 1 from users where user_id = ? and (? is null or customer_id = ?)",
        "select 1 from users where not (customer_id = ?)",
        "select 1 from users where customer_id <> ?",
        "select 1 from users where customer_id > ? order by customer_id",
        "select 1 from users where customer_id >= ?",
        "select 1 from users where customer_id = customer_id",
        "select 1 from users u join roles r on r.user_id = u.user_id where u.customer_id = ?",
        "select 1 from users u join roles r on r.customer_id = u.customer_id where u.user_id = ?",
        "select 1 from users where customer_id = ? union all select 1 from users where user_id = ?",
        "select (select count(*) from users) from settings",
        "select 1 from roles where customer_id = ? and user_id in (select user_id from users)",
        "select 1 from relations where partner_id = ?",
        "select 1 from (select customer_id as c from users) where c > ?",
        "update users set customer_id = ?",
        "update users set customer_id = ?, upn = ? where user_id = ?",
        "delete from users where user_id = ?",
        "insert into users (user_id, upn) values (?,?)",
        "insert into users (customer_id, user_id) values (1,?)",
        "insert into users (customer_id, user_id) select customer_id, user_id from roles",
        "select 1 from partners where name = ?"
      })
  void statementWithoutItsTenantIsSeen(String statement) {
    assertThat(new Sql(EXAMPLE, CUSTOMER_FIRST).unbound(statement)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 1 from users where customer_id = ? and user_id = ?",
        "select 1 from users where user_id = ?2 and customer_id = ?1",
        "SELECT 1 FROM users u WHERE u.customer_id = ? AND (u.upn = ? OR u.user_id = ?)",
        "select 1 from users u join roles r on r.customer_id = u.customer_id where u.customer_id = ?",
        "select 1 from users where customer_id = ?1 union all select 1 from roles where customer_id = ?1",
        "select 1 from (select customer_id as c from users) where c = ?",
        "select 1 from relations r join partners p on p.partner_id = r.partner_id where r.customer_id = ?",
        "select case when exists (select 1 from users u where u.customer_id = ?) then 1 end from settings",
        "update users set upn = ? where customer_id = ? and user_id = ?",
        "delete from users where customer_id = ?",
        "insert into users (customer_id, user_id) values (?,?) on conflict do update set upn = ?",
        "insert into users (customer_id, user_id) select customer_id, user_id from roles where customer_id = ?",
        "select name from settings"
      })
  void statementWithItsTenantIsSeen(String statement) {
    assertThat(new Sql(EXAMPLE, CUSTOMER_FIRST).unbound(statement)).isEmpty();
  }
}
