package dev.vidame.directory.tenancy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the migrations for PostgreSQL make, as they are written. */
final class Schema {
  private static final Path MIGRATIONS =
      Path.of("src/main/resources/dev/vidame/directory/storage/postgresql");

  private static final Pattern TABLE = Pattern.compile("create table (\\w+) \\(.*");
  private static final Pattern ALTERED = Pattern.compile("alter table (?:only )?(\\w+) (.*)");
  private static final Pattern ADDED =
      Pattern.compile("add (?:column )?(?:if not exists )?(?!constraint|unique|primary)(\\w+ .*)");
  private static final Pattern INDEX =
      Pattern.compile("create (unique )?index (\\w+) on (\\w+) (?:using \\w+ )?\\(.*");
  private static final Pattern IS_ONCE = Pattern.compile("\\b(unique|primary key)\\b");

  private Schema() {}

  /**
   * An index.
   *
   * @param columns as they are written, with a comma between them
   */
  record Index(String name, String table, String columns) {}

  /**
   * What must be there once only, whether an index, a key or a constraint says so.
   *
   * @param columns as they are written, with a comma between them; empty where they are not told
   */
  record Unique(String table, String columns) {
    List<String> list() {
      return List.of(columns.split(", ?", -1));
    }
  }

  /** The number of the newest migration. */
  static int newest() {
    return files().stream().mapToInt(Schema::version).max().orElseThrow();
  }

  /** All statements, without comments, in the order of the versions. */
  static String text() {
    return files().stream().map(Schema::read).collect(Collectors.joining("\n"));
  }

  private static List<Path> files() {
    try (Stream<Path> files = Files.list(MIGRATIONS)) {
      return files.sorted(Comparator.comparingInt(Schema::version)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int version(Path file) {
    return Integer.parseInt(file.getFileName().toString().replaceAll("V(\\d+)__.*", "$1"));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).replaceAll("(?m)--.*$", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> statements(String text) {
    return Arrays.stream(text.toLowerCase(Locale.ROOT).split(";", -1))
        .map(statement -> statement.replaceAll("\\s+", " ").strip())
        .filter(statement -> !statement.isEmpty())
        .toList();
  }

  /** What is in the first brackets, and in those within them. */
  private static String inBrackets(String text) {
    int start = text.indexOf('(');
    int depth = 0;
    for (int i = start; i >= 0 && i < text.length(); i++) {
      depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
      if (depth == 0) {
        return text.substring(start + 1, i).strip();
      }
    }
    return "";
  }

  /** The parts between commas that are in no brackets. */
  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && depth == 0) {
        parts.add(text.substring(start, i).strip());
        start = i + 1;
      }
    }
    parts.add(text.substring(start).strip());
    return parts;
  }

  /** Each table with its columns, keys and checks. */
  static Map<String, List<String>> tables() {
    Map<String, List<String>> tables = new HashMap<>();
    for (String statement : statements(text())) {
      Matcher table = TABLE.matcher(statement);
      if (table.matches()) {
        tables.put(table.group(1), new ArrayList<>(parts(inBrackets(statement))));
      }
      Matcher altered = ALTERED.matcher(statement);
      if (altered.matches()) {
        for (String action : parts(altered.group(2))) {
          Matcher added = ADDED.matcher(action);
          if (added.matches()) {
            tables.computeIfAbsent(altered.group(1), any -> new ArrayList<>()).add(added.group(1));
          }
        }
      }
    }
    return tables;
  }

  /** Each table with its columns and what they hold. */
  static Map<String, Map<String, String>> types() {
    Map<String, Map<String, String>> types = new TreeMap<>();
    tables()
        .forEach((table, lines) ->
            types.put(
                table,
                lines.stream()
                    .filter(line -> !line.matches("(primary key|check|unique|constraint) ?.*"))
                    .map(line -> line.split(" ", 3))
                    .collect(Collectors.toMap(words -> words[0], words -> words[1]))));
    return types;
  }

  /** Each table with its columns. */
  static Map<String, Set<String>> ofPostgres() {
    return types().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, table -> table.getValue().keySet()));
  }

  /** Every index that a statement makes by name. */
  static List<Index> indexes(String text) {
    List<Index> indexes = new ArrayList<>();
    for (String statement : statements(text)) {
      Matcher index = INDEX.matcher(statement);
      if (index.matches()) {
        indexes.add(new Index(index.group(2), index.group(3), inBrackets(statement)));
      }
    }
    return indexes;
  }

  /** Everything that must be there once only, however it is written. */
  static List<Unique> uniques(String text) {
    List<Unique> uniques = new ArrayList<>();
    for (String statement : statements(text)) {
      Matcher index = INDEX.matcher(statement);
      Matcher table = TABLE.matcher(statement);
      Matcher altered = ALTERED.matcher(statement);
      if (index.matches() && index.group(1) != null) {
        uniques.add(new Unique(index.group(3), inBrackets(statement)));
      } else if (table.matches()) {
        add(uniques, table.group(1), parts(inBrackets(statement)));
      } else if (altered.matches()) {
        add(
            uniques,
            altered.group(1),
            parts(altered.group(2)).stream()
                .map(action -> action.replaceFirst("^add (column )?(if not exists )?", ""))
                .toList());
      }
    }
    return uniques;
  }

  private static void add(List<Unique> uniques, String table, List<String> lines) {
    for (String line : lines) {
      String rule = line.replaceFirst("^constraint \\w+ ", "");
      if (!IS_ONCE.matcher(rule).find()) {
        continue;
      }
      boolean isOfTable = rule.startsWith("unique") || rule.startsWith("primary key");
      uniques.add(new Unique(table, isOfTable ? inBrackets(rule) : rule.replaceFirst(" .*", "")));
    }
  }
}
