package dev.vidame.directory.tenancy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the migrations for PostgreSQL make, as they are written. */
final class Schema {
  private static final Path MIGRATIONS =
      Path.of("src/main/resources/dev/vidame/directory/storage/postgresql");

  private static final Pattern TABLE =
      Pattern.compile("create table (\\w+) \\((.*?)\\n\\)[^\\n]*;", Pattern.DOTALL);
  private static final Pattern ADDED =
      Pattern.compile("alter table (\\w+) add column (\\w+)[^;]*;", Pattern.DOTALL);

  private Schema() {}

  /** All statements, without comments, in the order of the versions. */
  static String text() {
    try (Stream<Path> files = Files.list(MIGRATIONS)) {
      return files
          .sorted(Comparator.comparingInt(Schema::version))
          .map(Schema::read)
          .collect(Collectors.joining("\n"));
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

  /** Each table with the lines between its brackets: columns, keys and checks. */
  static Map<String, List<String>> tables() {
    Map<String, List<String>> tables = new HashMap<>();
    Matcher table = TABLE.matcher(text());
    while (table.find()) {
      tables.put(
          table.group(1),
          table.group(2).lines().map(String::strip).filter(line -> !line.isEmpty()).toList());
    }
    return tables;
  }

  /** Each table with its columns. */
  static Map<String, Set<String>> ofPostgres() {
    Map<String, Set<String>> columns =
        tables().entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    table ->
                        table.getValue().stream()
                            .filter(line -> !line.matches("(primary key|check|unique) .*"))
                            .map(line -> line.replaceFirst(" .*", ""))
                            .collect(Collectors.toSet())));
    Matcher added = ADDED.matcher(text());
    while (added.find()) {
      columns.computeIfAbsent(added.group(1), any -> new HashSet<>()).add(added.group(2));
    }
    return columns;
  }
}
