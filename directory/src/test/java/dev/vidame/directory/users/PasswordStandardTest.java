package dev.vidame.directory.users;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Long passwords of any characters, unless they are easily guessed. */
class PasswordStandardTest {
  private static final String NAME = "louise.durand@customer.example";

  private final PasswordPolicy nist =
      new PasswordPolicy(new UserPolicy(false, true, PasswordStandard.NIST));
  private final PasswordPolicy compatible = new PasswordPolicy(new UserPolicy(false, true));

  private static List<Rule> broken(PasswordPolicy policy, String password) {
    List<Problem> problems = new ArrayList<>();
    policy.check(password, NAME, problems);
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
        "Correct-Horse-77-Battery"
      })
  void lengthIsEnough(String password) {
    assertThat(broken(nist, password)).isEmpty();
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
    "qwertyuiopasdfgh, PASSWORD_COMMON",
    "abcdefghijklmnopq, PASSWORD_COMMON",
    "123456789012345, PASSWORD_COMMON",
    "my name is louise.durand, PASSWORD_CONTAINS_NAME"
  })
  void whatIsEasilyGuessedIsRefused(String password, Rule rule) {
    assertThat(broken(nist, password)).containsExactly(rule);
  }

  @Test
  void lengthIsCountedInCharactersAndHasAnEnd() {
    assertThat(broken(nist, "🦊🐻🐼🐨🐯🦁🐮🐷🐸🐵🐔🐧🐦🐤")).containsExactly(Rule.PASSWORD_LENGTH);
    assertThat(broken(nist, "🦊🐻🐼🐨🐯🦁🐮🐷🐸🐵🐔🐧🐦🐤🦆")).isEmpty();
    String longest = "0123456789abcdefghijklmnopqrstu.".repeat(8);
    assertThat(broken(nist, longest)).isEmpty();
    assertThat(broken(nist, longest + "x")).containsExactly(Rule.PASSWORD_LENGTH);
  }

  @Test
  void controlCharactersAreRefused() {
    assertThat(broken(nist, "blue rivers\u0000carry boats"))
        .containsExactly(Rule.CONTROL_CHARACTER);
  }

  @Test
  void whatClientsKnowStaysAsItWas() {
    assertThat(broken(compatible, "Eight-88")).isEmpty();
    assertThat(broken(compatible, "blue rivers carry slow boats"))
        .containsExactly(Rule.PASSWORD_CLASSES);
  }
}
