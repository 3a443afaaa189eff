package dev.vidame.server.texts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Sentences that the engine of bulk runs writes down are read in French. */
class SentencesTest {
  private static final Path BULK = Path.of("../bulk/src/main/java/dev/vidame/bulk");
  private static final Path OWN = Path.of("src/main/java/dev/vidame/server/bulk");
  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** What joins literals in the source, with or without values between. */
  private static final Pattern JOINT = Pattern.compile("\"\\s*\\+\\s*\"");

  private static String french(String sentence) {
    return Sentences.of(sentence).in(Language.FRENCH);
  }

  @Test
  void sentencesWithValuesAreFound() {
    assertThat(french("The value must not be longer than 64 characters."))
        .isEqualTo("La valeur ne doit pas dépasser 64 caractères.");
    assertThat(french("The line is broken: it has 2 cells, and the header 6."))
        .startsWith("La ligne est abîmée")
        .contains("2 cellules", "6.");
    assertThat(french("The account was changed since the plan: displayName, lastName."))
        .contains("displayName, lastName.");
    assertThat(french("The password must have 8 to 256 characters."))
        .contains("8", "256")
        .doesNotContain("must");
    assertThat(Sentences.of("The value must be a GUID.").in(Language.ENGLISH))
        .isEqualTo("The value must be a GUID.");
  }

  @Test
  void unknownSentencesStayAsTheyAre() {
    assertThat(french("Nothing of ours, 100 % sure.")).isEqualTo("Nothing of ours, 100 % sure.");
    assertThat(french("")).isEmpty();
  }

  /** Every sentence of a problem or of a failed row, as the sources have them. */
  @Test
  void sentencesOfTheEngineAreTranslated() throws IOException {
    List<String> missing = new ArrayList<>();
    List<Path> sources = new ArrayList<>();
    for (String name : List.of("RowRules", "Field", "PasswordRules", "Comparison")) {
      sources.add(BULK.resolve(name + ".java"));
    }
    sources.add(OWN.resolve("RunAccess.java"));
    sources.add(OWN.resolve("RunRefusals.java"));
    sources.add(OWN.resolve("RunSeal.java"));
    int found = 0;
    for (Path source : sources) {
      String text = JOINT.matcher(Files.readString(source)).replaceAll("");
      for (String sentence :
          LITERAL
              .matcher(text)
              .results()
              .map((MatchResult literal) -> literal.group(1))
              .filter(literal -> literal.matches("[A-Z]\\w* .*\\.") && !literal.contains("\\"))
              .toList()) {
        found++;
        if (french(sentence).equals(sentence)) {
          missing.add(sentence);
        }
      }
    }

    assertThat(found).isGreaterThan(20);
    assertThat(missing).isEmpty();
  }
}
