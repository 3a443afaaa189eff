package dev.vidame.server.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/security.md} and {@code docs/asvs.md} name tests, classes and documents that there
 * are, and the latter has every requirement once.
 */
final class SecurityPageTest {
  private static final Path ROOT = Path.of("..");
  private static final Path DOCS = ROOT.resolve("docs");
  private static final List<String> MODULES =
      List.of("wire", "sdk", "bulk", "directory", "server", "cli");
  private static final String REQUIREMENTS = "/register/asvs-5.0.0.txt";

  private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z0-9]+Test)`");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (V[0-9.]+) \\|.*$");
  private static final Pattern CELL = Pattern.compile(" \\| ?");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^):]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

  /** A word with small letters in it that begins with a large one, and what is within it. */
  private static final Pattern CLASS = Pattern.compile("`([A-Z]\\w*[a-z]\\w*)(\\.\\w+)?`");

  /** The value of an attribute, and what is of the platform. */
  private static final Set<String> NO_CLASSES = Set.of("Lax", "SecureRandom");

  private static final Pattern COUNTS =
      Pattern.compile(
          "Of (\\d+) requirements, (\\d+) of level 1 and (\\d+) of level 2, (\\d+) are met,"
              + " (\\d+) are not met, and (\\d+) do not apply\\.");

  /** A row of the table of requirements; the third cell is what the requirement is in our words. */
  private record Row(
      String requirement, String level, String words, String state, String where, String shown) {
    static Row of(String line) {
      String[] cells = CELL.split(line.substring(2, line.length() - 1), -1);
      assertThat(cells).as(line).hasSize(6);
      return new Row(cells[0], cells[1], cells[2], cells[3], cells[4].strip(), cells[5].strip());
    }
  }

  @Test
  void everyTestThatThePagesNameExists() throws IOException {
    Set<String> ofRisks = named(TEST, page("security.md"));
    Set<String> ofRequirements = named(TEST, page("asvs.md"));

    assertThat(ofRisks).hasSizeGreaterThan(25);
    assertThat(ofRequirements).hasSizeGreaterThan(90);
    assertThat(sources("test")).containsAll(ofRisks).containsAll(ofRequirements);
  }

  @Test
  void everyClassThatThePageNamesExists() throws IOException {
    Set<String> named = new TreeSet<>();
    for (Row row : rows()) {
      named.addAll(named(CLASS, row.where()));
    }
    named.removeAll(NO_CLASSES);

    assertThat(named).hasSizeGreaterThan(25);
    assertThat(sources("main")).containsAll(named);
  }

  @Test
  void everyPlaceThatThePagesLinkToExists() throws IOException {
    for (String name : List.of("security.md", "asvs.md")) {
      for (String link : named(LINK, page(name))) {
        String[] parts = link.split("#", 2);
        Path target = DOCS.resolve(parts[0]).normalize();
        assertThat(target).as(name + " links to " + link).isRegularFile();
        if (parts.length > 1) {
          assertThat(anchors(target)).as(name + " links to " + link).contains(parts[1]);
        }
      }
    }
  }

  @Test
  void everyRiskHasATest() throws IOException {
    for (int risk = 1; risk <= 10; risk++) {
      String row = "| API" + risk + " ";
      assertThat(Files.readAllLines(DOCS.resolve("security.md")))
          .anyMatch(line -> line.startsWith(row) && TEST.matcher(line).find());
    }
  }

  @Test
  void everyRequirementOfLevelsOneAndTwoStandsOnce() throws IOException {
    List<String> standing =
        rows().stream().map(row -> row.requirement() + " " + row.level()).toList();

    assertThat(standing).containsExactlyElementsOf(requirements()).hasSize(253);
  }

  @Test
  void whatIsMetIsShownAndTheRestHasItsReason() throws IOException {
    for (Row row : rows()) {
      assertThat(row.words()).as(row.requirement()).isNotBlank();
      assertThat(row.where()).as(row.requirement()).isNotBlank();
      switch (row.state()) {
        case "met" -> {
          if (row.shown().equals("document")) {
            assertThat(row.where()).as(row.requirement()).containsPattern(LINK);
          } else {
            assertThat(row.shown()).as(row.requirement()).containsPattern(TEST);
          }
        }
        case "not met" -> assertThat(row.shown()).isNotEqualTo("document");
        case "n/a" -> assertThat(row.shown()).as(row.requirement()).isEmpty();
        default -> throw new AssertionError(row);
      }
    }
  }

  @Test
  void countsOfThePageAreThoseOfItsTable() throws IOException {
    List<Row> rows = rows();
    MatchResult counts =
        COUNTS.matcher(page("asvs.md")).results().findFirst().orElseThrow(AssertionError::new);

    assertThat(counts.group(1)).isEqualTo(Integer.toString(rows.size()));
    assertThat(counts.group(2)).isEqualTo(count(rows, row -> row.level().equals("1")));
    assertThat(counts.group(3)).isEqualTo(count(rows, row -> row.level().equals("2")));
    assertThat(counts.group(4)).isEqualTo(count(rows, row -> row.state().equals("met")));
    assertThat(counts.group(5)).isEqualTo(count(rows, row -> row.state().equals("not met")));
    assertThat(counts.group(6)).isEqualTo(count(rows, row -> row.state().equals("n/a")));
  }

  private static String count(List<Row> rows, Predicate<Row> which) {
    return Long.toString(rows.stream().filter(which).count());
  }

  private static String page(String name) throws IOException {
    return Files.readString(DOCS.resolve(name));
  }

  private static List<Row> rows() throws IOException {
    return ROW.matcher(page("asvs.md")).results().map(row -> Row.of(row.group())).toList();
  }

  /** The numbers and levels of the standard, as {@code V1.2.3 2}. */
  private static List<String> requirements() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(SecurityPageTest.class.getResourceAsStream(REQUIREMENTS))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }

  private static Set<String> named(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What links within a document may name: its headings in small letters, joined by hyphens. */
  private static Set<String> anchors(Path document) throws IOException {
    return HEADING
        .matcher(Files.readString(document))
        .results()
        .map(heading ->
            heading.group(1).toLowerCase(Locale.ROOT).replaceAll("[^\\w -]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  /** The names of the classes in the sources of all modules. */
  private static Set<String> sources(String kind) throws IOException {
    Set<String> classes = new TreeSet<>();
    for (String module : MODULES) {
      Path sources = ROOT.resolve(module).resolve("src").resolve(kind).resolve("java");
      try (Stream<Path> files = Files.walk(sources)) {
        classes.addAll(
            files
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(".java"))
                .map(name -> name.substring(0, name.length() - ".java".length()))
                .collect(Collectors.toSet()));
      }
    }
    return classes;
  }
}
