package dev.vidame.directory.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A migration only adds what the version before, which still runs beside it, need not know. A file
 * has one program at a time, so this is about PostgreSQL's.
 */
class AdditiveMigrationsTest {
  private static final Path MIGRATIONS =
      Path.of("src/main/resources/dev/vidame/directory/storage/postgresql");
  private static final Path NEXT = Path.of("src/test/resources/dev/vidame/directory/storage/next");

  /** Statements that do more, as they are written here in one line; with why they may. */
  private static final Map<String, String> EXCUSED = Map.of();

  private static final Pattern NEW_TABLE = Pattern.compile("create table (\\w+) .*");
  private static final Pattern NEW_INDEX =
      Pattern.compile("create (unique )?index (?:concurrently )?\\w+ on (\\w+) .*");
  private static final Pattern ALTERED = Pattern.compile("alter table (\\w+) (.*)");

  /** A column that may stay empty, or has a value where nobody gives one. */
  private static final Pattern NEW_COLUMN =
      Pattern.compile(
          "add column \\w+ \\w+( collate \"c\")?"
              + "( not null default ('[^']*'|-?\\d+)| default ('[^']*'|-?\\d+)( not null)?)?");

  private static List<String> statements(String script) {
    return Arrays.stream(script.replaceAll("(?m)--.*$", "").toLowerCase(Locale.ROOT).split(";", -1))
        .map(statement -> statement.replaceAll("\\s+", " ").strip())
        .filter(statement -> !statement.isEmpty())
        .toList();
  }

  /** What the version before might stumble over. */
  private static List<String> hindrances(String script) {
    List<String> hindrances = new ArrayList<>();
    Set<String> own = new TreeSet<>();
    Set<String> locked = new TreeSet<>();
    for (String statement : statements(script)) {
      Matcher table = NEW_TABLE.matcher(statement);
      Matcher index = NEW_INDEX.matcher(statement);
      Matcher altered = ALTERED.matcher(statement);
      if (table.matches()) {
        own.add(table.group(1));
      } else if (index.matches()) {
        locked.add(index.group(2));
        if (index.group(1) != null && !own.contains(index.group(2))) {
          hindrances.add(statement);
        }
      } else if (altered.matches()) {
        locked.add(altered.group(1));
        if (!own.contains(altered.group(1)) && !onlyAdds(altered.group(2))) {
          hindrances.add(statement);
        }
      } else {
        hindrances.add(statement);
      }
    }
    locked.removeAll(own);
    if (locked.size() > 1) { // held until the script's end, in another order than changes take them
      hindrances.add("locks together " + locked);
    }
    return hindrances;
  }

  private static boolean onlyAdds(String actions) {
    return Arrays.stream(actions.split(", (?=\\w+ column |add |drop |alter |rename )", -1))
        .allMatch(action -> NEW_COLUMN.matcher(action.strip()).matches());
  }

  private static Map<String, String> scripts(Path folder) throws IOException {
    Map<String, String> scripts = new HashMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        scripts.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return scripts;
  }

  @Test
  void everyMigrationOnlyAdds() throws IOException {
    Map<String, String> scripts = scripts(MIGRATIONS);
    assertThat(scripts).containsKeys("V1__store.sql", "V3__licences_by_product.sql");
    Set<String> excused = new TreeSet<>();
    scripts.remove("V1__store.sql"); // nothing was before it

    scripts.forEach((name, script) -> {
      List<String> hindrances = new ArrayList<>(hindrances(script));
      hindrances.stream().filter(EXCUSED::containsKey).forEach(excused::add);
      hindrances.removeIf(EXCUSED::containsKey);
      assertThat(hindrances).as(name).isEmpty();
    });

    assertThat(excused).as("excuses that are needed").isEqualTo(EXCUSED.keySet());
  }

  /** What a test runs a server beside is of the kinds that are allowed. */
  @Test
  void soDoTheScriptsOfTheUpgradesTest() throws IOException {
    Map<String, String> scripts = scripts(NEXT);

    assertThat(scripts).hasSizeGreaterThanOrEqualTo(4);
    scripts.forEach((name, script) -> assertThat(hindrances(script)).as(name).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drop table leases;",
        "drop index users_deleted;",
        "alter table users drop column phone_number;",
        "alter table users rename column upn to name;",
        "alter table users rename to accounts;",
        "alter table users alter column version type text;",
        "alter table users alter column phone_number set not null;",
        "alter table users alter column version drop default;",
        "alter table users add column kind bigint not null;",
        "alter table users add column kind bigint, drop column upn;",
        "alter table users add column kind bigint, add column other text not null;",
        "alter table users add column kind text unique;",
        "alter table users add column kind bigint check (kind > 0);",
        "alter table users add column kind bigint default nextval('kinds');",
        "alter table users add column kind uuid references leases;",
        "alter table users add constraint one unique (upn);",
        "alter table users add check (version > 0);",
        "alter table users enable row level security;",
        "create unique index users_phone on users (customer_id, phone_number);",
        "update users set version = 0;",
        "insert into leases (name, holder, ends_at) values ('a', null, 0);",
        "do $$ begin end $$;",
        "alter table users add column a bigint; alter table journal add column b bigint;",
        "create index a on users (upn); create index b on licenses (since);"
      })
  void whatTheVersionBeforeMightStumbleOverIsSeen(String script) {
    assertThat(hindrances(script)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create table notes (note_id uuid not null primary key, text text not null unique);",
        "create table notes (a bigint); create unique index notes_a on notes (a); alter table notes add check (a > 0);",
        "create index a on users (upn); alter table users add column a bigint;",
        "alter table users add column a text collate \"C\" not null default '', add column b bigint default 0;",
        "-- drop table users;\ncreate index a on users (upn) where deleted_at is null;"
      })
  void whatOnlyAddsIsLetThrough(String script) {
    assertThat(hindrances(script)).isEmpty();
  }
}
