package dev.vidame.directory.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.PasswordStandard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Long passwords of any characters, unless they are easily guessed. */
class PasswordStandardTest {
  private static final String NAME = "louise.durand@customer.example";

  private final PasswordPolicy policy = new PasswordPolicy(new UserPolicy(false, true));

  private List<Rule> broken(PasswordStandard standard, String password) {
    List<Problem> problems = new ArrayList<>();
    policy.check(standard, password, NAME, problems);
    return problems.stream().map(Problem::rule).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "blue rivers carry slow boats",
        "fifteenletters!",
        "un été à la montagne",
        "ひらがなのながいあいことばです。",
        "845093761284750",
        "no capital, no digit",
        "football baseball superman",
        "Correct-Horse-77-Battery"
      })
  void lengthIsEnough(String password) {
    assertThat(broken(PasswordStandard.NIST, password)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Short-But-Odd1, PASSWORD_LENGTH",
    "Password1Password1, PASSWORD_COMMON",
    "welcome123!admin123!, PASSWORD_COMMON",
    "Password1Password1x, PASSWORD_COMMON",
    "aaaaaaaaaaaaaaaaaaaa, PASSWORD_COMMON",
    "abcabcabcabcabcabc, PASSWORD_COMMON",
    "Xy7!Xy7!Xy7!Xy7!Xy7!, PASSWORD_COMMON",
    "Football-x7-baseball, PASSWORD_COMMON",
    "starwarssuperman, PASSWORD_COMMON",
    "1QAZ2wsx3edc4rfv, PASSWORD_COMMON",
    "qwertyuiopasdfgh, PASSWORD_COMMON",
    "abcdefghijklmnopq, PASSWORD_COMMON",
    "123456789012345, PASSWORD_COMMON",
    "my name is louise.durand, PASSWORD_CONTAINS_NAME"
  })
  void whatIsEasilyGuessedIsRefused(String password, Rule rule) {
    assertThat(broken(PasswordStandard.NIST, password)).containsExactly(rule);
  }

  @Test
  void lengthIsCountedInCharactersAndHasAnEnd() {
    assertThat(broken(PasswordStandard.NIST, "🦊🐻🐼🐨🐯🦁🐮🐷🐸🐵🐔🐧🐦🐤"))
        .containsExactly(Rule.PASSWORD_LENGTH);
    assertThat(broken(PasswordStandard.NIST, "🦊🐻🐼🐨🐯🦁🐮🐷🐸🐵🐔🐧🐦🐤🦆")).isEmpty();
    String longest = "0123456789abcdefghijklmnopqrstu.".repeat(8);
    assertThat(broken(PasswordStandard.NIST, longest)).isEmpty();
    assertThat(broken(PasswordStandard.NIST, longest + "x")).containsExactly(Rule.PASSWORD_LENGTH);
  }

  @Test
  void controlCharactersAreRefused() {
    assertThat(broken(PasswordStandard.NIST, "blue rivers\u0000carry boats"))
        .containsExactly(Rule.CONTROL_CHARACTER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Trustno1", "1qaz2WSX", "Fordf150", "Charlie1", "P@ssw0rd", "Azerty123!"})
  void commonOneOfThreeKindsIsRefusedInAnyCase(String password) {
    assertThat(broken(PasswordStandard.COMPATIBLE, password)).containsExactly(Rule.PASSWORD_COMMON);
  }

  /** The longest password, made of entries that overlap at every place, is the most work. */
  @Test
  void checkTakesLessThanFiveMilliseconds() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<String> passwords = new ArrayList<>();
    passwords.add("football".repeat(31) + "x7y8z9a0");
    passwords.add("1234567890".repeat(25) + "x7y8");
    for (int i = 0; i < 200; i++) {
      passwords.add(
          random
              .ints(256, ' ', '~')
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString());
    }
    long best = Long.MAX_VALUE;
    for (int round = 0; round < 20; round++) {
      long start = System.nanoTime();
      passwords.forEach(password -> broken(PasswordStandard.NIST, password));
      best = Math.min(best, System.nanoTime() - start);
    }
    assertThat(Duration.ofNanos(best / passwords.size()))
        .as("seed %s", seed)
        .isLessThan(Duration.ofMillis(5));
  }

  @Test
  void whatClientsKnowStaysAsItWas() {
    assertThat(broken(PasswordStandard.COMPATIBLE, "Eight-88")).isEmpty();
    assertThat(broken(PasswordStandard.COMPATIBLE, "blue rivers carry slow boats"))
        .containsExactly(Rule.PASSWORD_CLASSES);
  }
}
