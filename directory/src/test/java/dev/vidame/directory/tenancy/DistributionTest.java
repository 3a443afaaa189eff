package dev.vidame.directory.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The rules that the schema keeps so that a distributed PostgreSQL can spread it by customer. */
class DistributionTest {
  private static final Path SCRIPTS = Path.of("../deploy/distributed");

  /** With a customer in them, but not spread by it; with why. */
  private static final Map<String, String> NOT_BY_CUSTOMER =
      Map.of(
          "domains", "whole everywhere, so that a domain is one customer's of the whole store",
          "refused_requests", "by partner, as it is read, and a request may be about no customer");

  private static final Pattern UNIQUE =
      Pattern.compile("create unique index (\\w+) on (\\w+) \\((.*?)\\)(\\s+where [^;]*)?;");
  private static final Pattern INDEX =
      Pattern.compile("create (?:unique )?index (\\w+) on (\\w+) \\(");
  private static final Pattern NAMES = Pattern.compile("'(\\w+)'");

  private static Set<String> ofCustomers() {
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
        return line.replaceAll("primary key \\((.*)\\),?", "$1");
      }
      if (line.matches(".* primary key,?")) {
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

  @Test
  void uniqueIndexesHoldTheCustomer() {
    Matcher unique = UNIQUE.matcher(Schema.text());
    int found = 0;
    while (unique.find()) {
      if (ofCustomers().contains(unique.group(2))) {
        found++;
        assertThat(unique.group(3)).as(unique.group(1)).startsWith("customer_id,");
      }
    }
    assertThat(found).isGreaterThanOrEqualTo(4);
  }

  @Test
  void nothingIsUsedThatADistributedDatabaseLacks() {
    assertThat(Schema.text().toLowerCase(Locale.ROOT))
        .doesNotContainPattern(
            "\\b(references|foreign key|serial|bigserial|smallserial|sequence|nextval|identity|function"
                + "|procedure|trigger|extension|rule|inherits|exclude|deferrable|do \\$)\\b");
  }

  @Test
  void citusScriptPlacesEveryTableOnce() throws IOException {
    String script = Files.readString(SCRIPTS.resolve("citus.sql"));
    List<String> whole = names(script, "foreach name in array array[", "]", 0);
    List<String> spread =
        names(
            script,
            "foreach name in array array[",
            "]",
            script.indexOf("journal_heads'::regclass"));
    List<String> all = new ArrayList<>(whole);
    all.addAll(spread);
    all.addAll(List.of("journal_heads", "refused_requests"));

    assertThat(all).doesNotHaveDuplicates();
    assertThat(new TreeSet<>(all)).isEqualTo(new TreeMap<>(Schema.tables()).navigableKeySet());
    Set<String> byCustomer = new TreeSet<>(spread);
    byCustomer.add("journal_heads");
    assertThat(byCustomer).isEqualTo(ofCustomers());
  }

  private static List<String> names(String script, String before, String after, int from) {
    int start = script.indexOf(before, from) + before.length();
    Matcher name = NAMES.matcher(script.substring(start, script.indexOf(after, start)));
    List<String> names = new ArrayList<>();
    while (name.find()) {
      names.add(name.group(1));
    }
    return names;
  }

  /** An index that a script makes anew exists, is the same, and begins with a time. */
  @Test
  void otherScriptsNameIndexesThatExist() throws IOException {
    Map<String, String> tables = new TreeMap<>();
    Matcher index = INDEX.matcher(Schema.text());
    while (index.find()) {
      tables.put(index.group(1), index.group(2));
    }
    for (String name : List.of("yugabytedb.sql", "cockroachdb.sql")) {
      String script = Files.readString(SCRIPTS.resolve(name));
      Matcher made = INDEX.matcher(script);
      Set<String> found = new HashSet<>();
      while (made.find()) {
        found.add(made.group(1));
        assertThat(script).contains("drop index if exists " + made.group(1) + ";");
        assertThat(tables).as(name).containsEntry(made.group(1), made.group(2));
      }
      assertThat(found).as(name).contains("unchanged_requests_at", "refused_requests_at");
    }
  }
}
