package dev.vidame.directory.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.tenancy.Schema.Index;
import dev.vidame.directory.tenancy.Schema.Unique;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.flywaydb.core.extensibility.Plugin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The rules that schema and statements keep so that a distributed PostgreSQL can spread them by
 * customer.
 */
class DistributionTest {
  static final Path SCRIPTS = Path.of("../deploy/distributed");

  /** With a customer in them, but not spread by it; with why. */
  static final Map<String, String> NOT_BY_CUSTOMER =
      Map.of(
          "domains", "whole everywhere, so that a domain is one customer's of the whole store",
          "refused_requests", "by partner, as it is read, and a request may be about no customer");

  /** Indexes in the order of a number that a script leaves as they are; with why. */
  private static final Map<String, Map<String, String>> LEFT_IN_ORDER =
      Map.of(
          "cockroachdb.sql",
              Map.of("users_deleted", "it holds the few accounts that are deleted, and is no load"),
          "yugabytedb.sql", Map.of());

  private static final Pattern LACKED =
      Pattern.compile(
          "\\b(references|foreign key|serial|bigserial|smallserial|sequence|nextval|identity|function"
              + "|procedure|trigger|extension|rule|inherits|exclude|deferrable)\\b|\\bdo\\s+(language"
              + " \\w+\\s+)?(\\$|')");

  /** What statements may call, with where each of the three has it. */
  private static final Map<String, String> FUNCTIONS =
      Map.ofEntries(
          Map.entry("cast", "the standard's"),
          Map.entry("coalesce", "the standard's"),
          Map.entry("count", "the standard's"),
          Map.entry("lower", "the standard's"),
          Map.entry("max", "the standard's"),
          Map.entry("min", "the standard's"),
          Map.entry("concat_ws", "all have it; what calls it reads one customer"),
          Map.entry("hex", "SQLite's, in whose place PostgreSQL gets replace and cast"),
          Map.entry(
              "string_agg", "all have it; Citus, where rows are of one customer or grouped by it"));

  private static final Set<String> NO_FUNCTION =
      Set.of("in", "values", "exists", "and", "or", "not", "on", "using", "from", "as");

  private static final Pattern CALL = Pattern.compile("\\b([a-z_]+)\\(");
  private static final Pattern LIMIT = Pattern.compile("\\blimit\\b");
  private static final Pattern IS_GIVEN = Pattern.compile("(\\w+) = \\?");

  static Set<String> ofCustomers() {
    Set<String> tables = new TreeSet<>();
    Schema.ofPostgres()
        .forEach((table, columns) -> {
          if (columns.contains("customer_id") && !NOT_BY_CUSTOMER.containsKey(table)) {
            tables.add(table);
          }
        });
    return tables;
  }

  private static String primaryKey(String table) {
    for (String line : Schema.tables().getOrDefault(table, List.of())) {
      if (line.startsWith("primary key")) {
        return line.replaceAll("primary key \\((.*)\\)", "$1");
      }
      if (line.endsWith(" primary key")) {
        return line.replaceFirst(" .*", "");
      }
    }
    throw new AssertionError(table + " has no primary key");
  }

  @Test
  void primaryKeysOfCustomersTablesBeginWithTheCustomer() {
    assertThat(ofCustomers()).contains("users", "journal", "journal_heads", "licenses");
    for (String table : ofCustomers()) {
      assertThat(primaryKey(table)).as(table).startsWith("customer_id");
    }
    assertThat(primaryKey("refused_requests")).startsWith("partner_id");
  }

  /** A table that is spread, with the column by which it is. */
  private static Map<String, String> spread() {
    Map<String, String> spread = new TreeMap<>();
    ofCustomers().forEach(table -> spread.put(table, "customer_id"));
    spread.put("refused_requests", "partner_id");
    return spread;
  }

  private static List<Unique> acrossShards(String schema) {
    Map<String, String> spread = spread();
    return Schema.uniques(schema).stream()
        .filter(unique -> spread.containsKey(unique.table()))
        .filter(unique -> !unique.list().contains(spread.get(unique.table())))
        .toList();
  }

  @Test
  void whatIsUniqueIsSoWithinAShard() {
    assertThat(acrossShards(Schema.text())).isEmpty();
    assertThat(Schema.uniques(Schema.text()))
        .contains(
            new Unique("users", "customer_id, lower(upn)"),
            new Unique("users", "customer_id, user_id"),
            new Unique("customers", "customer_id"),
            new Unique("refused_requests", "partner_id, request_key"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create unique index x on users (upn)",
        "create unique index x on users (lower(upn), user_id) where deleted_at is null",
        "create unique index x on refused_requests (customer_id, request_key)",
        "create table users (customer_id uuid not null, upn text not null unique)",
        "create table users (customer_id uuid not null, user_id uuid primary key)",
        "create table users (customer_id uuid, upn text, unique (upn))",
        "create table users (customer_id uuid, upn text, constraint one unique (upn, user_id))",
        "alter table users add constraint one unique (upn)",
        "alter table users add unique (upn)",
        "alter table users add column nickname text unique",
        "alter table users add column a bigint, add constraint one primary key (user_id)",
        "alter table users add constraint one unique using index users_upn"
      })
  void whatIsUniqueAcrossShardsIsSeen(String statement) {
    assertThat(acrossShards(statement + ";")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create unique index x on users (customer_id, lower(upn))",
        "create unique index x on partners (name)",
        "create index x on users (upn)",
        "create table users (customer_id uuid not null, user_id uuid, primary key (customer_id, user_id))",
        "alter table users add column nickname text, add unique (customer_id, nickname)"
      })
  void whatIsUniqueWithinAShardIsSeen(String statement) {
    assertThat(acrossShards(statement + ";")).isEmpty();
  }

  @Test
  void nothingIsUsedThatADistributedDatabaseLacks() {
    assertThat(Schema.text().toLowerCase(Locale.ROOT)).doesNotContainPattern(LACKED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "do $$ begin end $$;",
        "do $body$ begin end $body$;",
        "do language plpgsql $$ begin end $$;",
        "do 'begin end';",
        "create function f() returns int language sql return 1;",
        "create table x (id bigserial primary key);",
        "create table x (id bigint generated always as identity);",
        "create table x (id uuid references users);"
      })
  void whatADistributedDatabaseLacksIsSeen(String statement) {
    assertThat(statement).containsPattern(LACKED);
  }

  @Test
  void statementsCallOnlyWhatAllOfThemHave() {
    Map<String, Set<String>> called = new TreeMap<>();
    for (StatementsTest.Statement statement : StatementsTest.statements()) {
      if (statement.text().startsWith("pragma")) {
        continue; // SQLite's own
      }
      Matcher call =
          CALL.matcher(statement.text().toLowerCase(Locale.ROOT).replaceAll("'[^']*'", "''"));
      while (call.find()) {
        if (!NO_FUNCTION.contains(call.group(1))) {
          called.computeIfAbsent(call.group(1), any -> new TreeSet<>()).add(statement.name());
        }
      }
    }

    assertThat(called).containsOnlyKeys(FUNCTIONS.keySet());
  }

  /**
   * Where a change chooses rows that another order might not choose. What is whole on every machine
   * is changed on each of them by the same statement, so the choice must be the same.
   */
  private static List<String> choices(String statement) {
    List<String> choices = new ArrayList<>();
    String text = statement.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    Matcher limit = LIMIT.matcher(text);
    while (limit.find()) {
      String own = ownPart(text, limit.start());
      String table = own.replaceFirst(".* from (\\w+).*", "$1");
      Set<String> chosen = new HashSet<>();
      if (own.contains(" order by ")) {
        Arrays.stream(own.replaceFirst(".* order by ", "").split(",", -1))
            .forEach(term -> chosen.add(term.strip().replaceFirst("[ (].*", "")));
      }
      IS_GIVEN.matcher(own).results().forEach(given -> chosen.add(given.group(1)));
      if (!isTotal(own, table, chosen)) {
        choices.add(own);
      }
    }
    return choices;
  }

  private static boolean isTotal(String own, String table, Set<String> chosen) {
    if (!own.contains(" order by ")) {
      return false;
    }
    if (own.contains(" group by ")) {
      return chosen.containsAll(
          List.of(own.replaceFirst(".* group by (.*?) order by .*", "$1").split(", ?", -1)));
    }
    return Schema.uniques(Schema.text()).stream()
        .anyMatch(unique -> unique.table().equals(table) && chosen.containsAll(unique.list()));
  }

  /** The subselect that ends there, without those within it. */
  private static String ownPart(String text, int end) {
    int depth = 0;
    StringBuilder own = new StringBuilder();
    for (int i = end - 1; i >= 0 && depth >= 0; i--) {
      char c = text.charAt(i);
      depth += c == ')' ? 1 : c == '(' ? -1 : 0;
      if (depth == 0 && c != '(') {
        own.append(c);
      }
    }
    return own.reverse().toString();
  }

  @Test
  void everyMachineChangesTheSameRows() {
    Set<String> limited = new TreeSet<>();
    Map<String, List<String>> byChance = new TreeMap<>();
    for (StatementsTest.Statement statement : StatementsTest.statements()) {
      if (statement.text().startsWith("select") || !statement.text().contains(" limit ")) {
        continue;
      }
      limited.add(statement.name());
      if (!choices(statement.text()).isEmpty()) {
        byChance.put(statement.name(), choices(statement.text()));
      }
    }

    assertThat(byChance).isEmpty();
    assertThat(limited).contains("RefreshTokens.PURGE", "DashboardSessions.END_SURPLUS");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delete from secrets where name in (select name from secrets limit 4)",
        "delete from refresh_tokens where token_hash in (select token_hash from refresh_tokens"
            + " where expires_at < ? order by expires_at limit 4)",
        "update leases set holder = ? where name in (select name from leases order by ends_at limit ?)",
        "delete from agents where partner_id in (select partner_id from agents group by partner_id"
            + " order by count(*) desc limit 1)",
        "delete from secrets where name in (select name from secrets where name in"
            + " (select name from secrets order by name) limit 1)"
      })
  void choiceByChanceIsSeen(String statement) {
    assertThat(choices(statement)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delete from secrets where name in (select name from secrets order by name limit 4)",
        "delete from used_assertions where application_id = ? and assertion_hash in (select assertion_hash"
            + " from used_assertions where application_id = ? order by assertion_hash desc limit 4)",
        "delete from secrets where name = ?"
      })
  void choiceByAnOrderIsSeen(String statement) {
    assertThat(choices(statement)).isEmpty();
  }

  /** YugabyteDB is PostgreSQL to it. */
  @Test
  void flywayKnowsWhatItMigrates() {
    assertThat(ServiceLoader.load(Plugin.class))
        .extracting(plugin -> plugin.getClass().getSimpleName())
        .contains("PostgreSQLDatabaseType", "CockroachDBDatabaseType");
  }

  /**
   * Such an index is written to at its end only, or cannot be searched for what is older: each of
   * the two does something about it.
   */
  @Test
  void otherScriptsMakeAnewWhatIsInTheOrderOfANumber() throws IOException {
    Map<String, Map<String, String>> types = Schema.types();
    Set<String> inOrder =
        Schema.indexes(Schema.text()).stream()
            .filter(index -> isNumber(types, index.table(), index.columns()))
            .map(Index::name)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(inOrder).contains("unchanged_requests_at", "dashboard_sessions_used");
    for (Unique key : Schema.uniques(Schema.text())) {
      assertThat(isNumber(types, key.table(), key.columns())).as(key.toString()).isFalse();
    }

    for (Map.Entry<String, Map<String, String>> left : LEFT_IN_ORDER.entrySet()) {
      String script = Files.readString(SCRIPTS.resolve(left.getKey()));
      Set<String> told = new TreeSet<>(left.getValue().keySet());
      for (Index index : Schema.indexes(script.replaceAll("(?m)--.*$", ""))) {
        assertThat(script).contains("drop index if exists " + index.name() + ";");
        assertThat(told.add(index.name())).as("%s twice in %s", index, left.getKey()).isTrue();
      }
      assertThat(told).as(left.getKey()).isEqualTo(inOrder);
    }
  }

  /** Whether the first of the columns is one, and no expression. */
  private static boolean isNumber(
      Map<String, Map<String, String>> types, String table, String columns) {
    String first = columns.split(", ?", -1)[0].replaceFirst(" .*", "");
    return types
        .getOrDefault(table, Map.of())
        .getOrDefault(first, "")
        .matches("(big|small)?int(eger)?");
  }
}
