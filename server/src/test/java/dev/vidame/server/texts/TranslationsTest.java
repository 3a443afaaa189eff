package dev.vidame.server.texts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TranslationsTest {
  private static final Path SERVER = Path.of("src/main/java");
  private static final Path WIRE = Path.of("../wire/src/main/java");

  /** A literal, and those that a plus sign joins to it. */
  private static final Pattern LITERAL =
      Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"(?:\\s*\\+\\s*\"(?:[^\"\\\\]|\\\\.)*\")*");

  /** Where texts for callers are made. */
  private static final Pattern REFUSAL =
      Pattern.compile(
          "(?:wrongType|Text\\.of|[^\\w]error|invalidRequest|invalidProperty|unreadable|[^\\w]refused|missing|new WireFormatException)\\(");

  /** What stands before the sentence of a token endpoint's error. */
  private static final Pattern OAUTH = Pattern.compile("\\(\\s*[0-9]+,\\s*\"[a-z_]+\",\\s*");

  private static final Pattern RULE_TEXT = Pattern.compile("case [A-Z_]+ ->\\s*(?=\")");

  @Test
  void everyTextForCallersIsTranslated() throws IOException {
    Set<String> templates = new HashSet<>();
    templates.addAll(templates(SERVER, REFUSAL));
    templates.addAll(templates(WIRE, REFUSAL));
    templates.addAll(
        in(Files.readString(SERVER.resolve("dev/vidame/server/http/RuleTexts.java")), RULE_TEXT));
    List<String> oauth =
        in(Files.readString(SERVER.resolve("dev/vidame/server/tokens/TokenError.java")), OAUTH);
    assertThat(oauth).contains("The grant type is not offered here.");
    templates.addAll(oauth);

    assertThat(templates).hasSizeGreaterThan(50);
    assertThat(Translations.french().all().keySet()).containsAll(templates);
  }

  @Test
  void translationsHaveThePlacesOfTheirTexts() {
    Translations.french()
        .all()
        .forEach((english, french) -> {
          assertThat(places(french)).as(french).isEqualTo(places(english));
          assertThat(french.formatted((Object[]) arguments(places(french)))).isNotBlank();
        });
  }

  @Test
  void brokenFileIsNotTaken() {
    assertThatThrownBy(() -> Translations.parse("One\nUn\n\nTwo\n"))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> Translations.parse("One\nUn\n\nOne\nUne\n"))
        .isInstanceOf(IllegalStateException.class);
    assertThat(Translations.parse("# note\nOne\nUn\n").of("One")).isEqualTo("Un");
    assertThat(Translations.parse("").of("One")).isEqualTo("One");
  }

  private static String[] arguments(int count) {
    return Stream.generate(() -> "x").limit(count).toArray(String[]::new);
  }

  private static int places(String template) {
    return (int) Pattern.compile("%s").matcher(template).results().count();
  }

  private static Set<String> templates(Path root, Pattern start) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .flatMap(file -> in(read(file), start).stream())
          .collect(Collectors.toSet());
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The sentences among the literals of a statement; the other literals are names. */
  private static List<String> in(String source, Pattern start) {
    return start
        .matcher(source)
        .results()
        .map(found ->
            source.substring(found.end(), Math.max(found.end(), source.indexOf(';', found.end()))))
        .flatMap(statement -> LITERAL.matcher(statement).results().map(MatchResult::group).limit(3))
        .map(TranslationsTest::joined)
        .filter(text -> text.matches("\\w.* .*") || text.contains("%s"))
        .toList();
  }

  private static String joined(String literals) {
    return literals
        .replaceAll("\"\\s*\\+\\s*\"", "")
        .replaceAll("^\"|\"$", "")
        .replace("\\\"", "\"");
  }
}
