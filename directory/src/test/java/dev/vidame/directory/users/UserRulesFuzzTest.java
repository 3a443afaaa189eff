package dev.vidame.directory.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.harness.Corpus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * The rules of texts have one answer, and a sign-in name that they take is one letter by letter.
 */
final class UserRulesFuzzTest {
  private static final String SYMBOLS = "'._!#^~-";
  private static final UserRules STRICT = new UserRules(new UserPolicy(false, true));
  private static final UserRules OPEN = new UserRules(new UserPolicy(true, true));

  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    if (text.isEmpty()) {
      return;
    }

    for (UserField field : UserField.values()) {
      for (UserRules rules : List.of(STRICT, OPEN)) {
        String stored = rules.normalise(field, text);
        assertThat(rules.normalise(field, stored)).isEqualTo(stored);
        List<Problem> problems = new ArrayList<>();
        rules.check(field, stored, problems);
        assertThat(problems).hasSizeLessThanOrEqualTo(1);
        if (field == UserField.USER_PRINCIPAL_NAME) {
          assertThat(problems.isEmpty()).isEqualTo(isPrincipalName(text));
        }
      }
    }
  }

  private static boolean isPrincipalName(String text) {
    int at = text.indexOf('@');
    return at >= 0 && isLocalPart(text.substring(0, at)) && isDomain(text.substring(at + 1));
  }

  private static boolean isLocalPart(String text) {
    return !text.isEmpty()
        && text.length() <= 64
        && text.charAt(0) != '.'
        && text.charAt(text.length() - 1) != '.'
        && text.chars().allMatch(c -> isAlphanumeric(c) || SYMBOLS.indexOf(c) >= 0);
  }

  private static boolean isDomain(String text) {
    if (text.length() > 48) {
      return false;
    }
    for (String label : text.split("\\.", -1)) {
      boolean isLabel =
          !label.isEmpty()
              && isAlphanumeric(label.charAt(0))
              && isAlphanumeric(label.charAt(label.length() - 1))
              && label.chars().allMatch(c -> isAlphanumeric(c) || c == '-');
      if (!isLabel) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAlphanumeric(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  @ParameterizedTest
  @ArgumentsSource(Corpus.class)
  void holdsForTheCorpus(byte[] input) {
    fuzzerTestOneInput(input);
  }
}
