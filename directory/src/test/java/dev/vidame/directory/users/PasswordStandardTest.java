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
    return broken(policy, standard, password, NAME);
  }

  private static List<Rule> broken(
      PasswordPolicy policy, PasswordStandard standard, String password, String name) {
    List<Problem> problems = new ArrayList<>();
    policy.check(standard, password, name, problems);
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

  /** One character more than what is left of a guess, or than what says itself again. */
  @ParameterizedTest
  @CsvSource({
    "Welcome1admin123test1234zqxvkjw, Welcome1admin123test1234zqxvkjwp",
    "football-x7-q9z, football-x7-q9zv",
    "Xy7!Kq9Xy7!Kq9Xy7!Kq9, Xy7!Kq9%Xy7!Kq9%",
    "wvutsrqponmlkji, wvutsrqponmlkjx"
  })
  void guessEndsAtOneCharacter(String guess, String good) {
    assertThat(broken(PasswordStandard.NIST, guess)).containsExactly(Rule.PASSWORD_COMMON);
    assertThat(broken(PasswordStandard.NIST, good)).isEmpty();
  }

  /** With the two kinds that the password has already, the last character makes three or not. */
  @ParameterizedTest
  @CsvSource({"AAA#BBB#, az, `{", "aaa#bbb#, AZ09, @[/:", "aaaBBBcc, 09!/:@[`{~, azAZ"})
  void kindsOfCharactersAreThoseOfAscii(String two, String third, String none) {
    for (String last : each(third)) {
      assertThat(broken(PasswordStandard.COMPATIBLE, two + last)).as(last).isEmpty();
    }
    for (String last : each(none)) {
      assertThat(broken(PasswordStandard.COMPATIBLE, two + last))
          .as(last)
          .containsExactly(Rule.PASSWORD_CLASSES);
    }
  }

  private static List<String> each(String characters) {
    return characters.chars().mapToObj(Character::toString).toList();
  }

  @Test
  void clientsKnowPrintableAsciiOfEightTo256Characters() {
    String longest = "Ab1!".repeat(64);
    assertThat(broken(PasswordStandard.COMPATIBLE, "Ab1!Cd2?")).isEmpty();
    assertThat(broken(PasswordStandard.COMPATIBLE, "Ab1!Cd2"))
        .containsExactly(Rule.PASSWORD_LENGTH);
    assertThat(broken(PasswordStandard.COMPATIBLE, longest)).isEmpty();
    assertThat(broken(PasswordStandard.COMPATIBLE, longest + "A"))
        .containsExactly(Rule.PASSWORD_LENGTH);
    assertThat(broken(PasswordStandard.COMPATIBLE, " Ab1Cd2~")).isEmpty();
    for (char outside : new char[] {'\u001f', '\u007f'}) {
      assertThat(broken(PasswordStandard.COMPATIBLE, "Ab1!Cd2?" + outside))
          .containsExactly(Rule.PASSWORD_CHARACTER);
    }
  }

  @Test
  void problemSaysWhichLengthsAreGood() {
    List<Problem> problems = new ArrayList<>();

    policy.check(PasswordStandard.COMPATIBLE, "short", NAME, problems);
    policy.check(PasswordStandard.NIST, "short", NAME, problems);

    assertThat(problems)
        .containsExactly(
            Problem.of("passwordProfile.password", Rule.PASSWORD_LENGTH, 8, 256),
            Problem.of("passwordProfile.password", Rule.PASSWORD_LENGTH, 15, 256));
  }

  @ParameterizedTest
  @CsvSource({
    "Anna@customer.example, true",
    "Ann@customer.example, false",
    "@customer.example, false",
    "'', false"
  })
  void nameOfFourLettersOrMoreIsBannedInAnyCase(String name, boolean isBanned) {
    List<Rule> expected = isBanned ? List.of(Rule.PASSWORD_CONTAINS_NAME) : List.of();

    assertThat(broken(policy, PasswordStandard.COMPATIBLE, "aNNa-is-88", name)).isEqualTo(expected);
    assertThat(broken(policy, PasswordStandard.NIST, "my sister aNNa sings", name))
        .isEqualTo(expected);
  }

  /** The long ones have nothing else that keeps easy guesses out. */
  @Test
  void banListCanBeDoneWithoutOnlyWhereKindsOfCharactersAreAsked() {
    PasswordPolicy lenient = new PasswordPolicy(new UserPolicy(false, false));

    assertThat(broken(lenient, PasswordStandard.COMPATIBLE, "P@ssw0rd", NAME)).isEmpty();
    assertThat(broken(lenient, PasswordStandard.COMPATIBLE, "Louise.Durand", NAME)).isEmpty();
    assertThat(broken(lenient, PasswordStandard.NIST, "my name is louise.durand", NAME))
        .containsExactly(Rule.PASSWORD_CONTAINS_NAME);
  }

  @Test
  void whatClientsKnowStaysAsItWas() {
    assertThat(broken(PasswordStandard.COMPATIBLE, "Eight-88")).isEmpty();
    assertThat(broken(PasswordStandard.COMPATIBLE, "blue rivers carry slow boats"))
        .containsExactly(Rule.PASSWORD_CLASSES);
  }
}
