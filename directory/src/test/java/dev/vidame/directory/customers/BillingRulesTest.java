package dev.vidame.directory.customers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.users.Problem;
import dev.vidame.directory.users.Rule;
import dev.vidame.wire.BillingProfile;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BillingRulesTest {
  private static final int PROFILES = 20_000;

  /** Values that are right in every country, and values that are wrong in every one. */
  private static final Map<BillingField, List<String>> RIGHT = new EnumMap<>(BillingField.class);

  private static final Map<BillingField, List<String>> WRONG = new EnumMap<>(BillingField.class);

  static {
    String wide = "\uD83D\uDE00";
    both(BillingField.FIRST_NAME, List.of("A", "é".repeat(50)), List.of("A".repeat(51), "a\u0000"));
    both(BillingField.LAST_NAME, List.of(wide.repeat(50)), List.of(wide.repeat(51), "\u0085"));
    both(
        BillingField.EMAIL,
        List.of("a@b.example", "a.b+c@d-e.example"),
        List.of("a", "a@b", "@b.example", "a b@c.example", "a@b.example\n", "a@b..example"));
    both(BillingField.CULTURE, List.of("en-US", "AZ-latn-az"), List.of("en", "en_US", "xx-XX"));
    both(BillingField.LANGUAGE, List.of("en", "FR", "fr-CH"), List.of("e", "zz", "eng", "xx-XX"));
    both(BillingField.COMPANY_NAME, List.of("x".repeat(256)), List.of("x".repeat(257)));
    both(BillingField.REGION, List.of("anything"), List.of("x".repeat(101)));
    both(BillingField.CITY, List.of("Redmond ", "Île"), List.of("x".repeat(101)));
    both(BillingField.ADDRESS_LINE_1, List.of("x".repeat(200)), List.of("x".repeat(201)));
    both(BillingField.ADDRESS_LINE_2, List.of("x"), List.of("x".repeat(201)));
    both(BillingField.ADDRESS_FIRST_NAME, List.of("x"), List.of("x".repeat(51)));
    both(BillingField.ADDRESS_MIDDLE_NAME, List.of("x"), List.of("x".repeat(51)));
    both(BillingField.ADDRESS_LAST_NAME, List.of("x"), List.of("x".repeat(51)));
    both(BillingField.PHONE_NUMBER, List.of("+1 (2)"), List.of("1".repeat(65)));
    both(BillingField.STATE, List.of(), List.of("Washington", "W-"));
    both(BillingField.POSTAL_CODE, List.of(), List.of("#", "1234567890123456789"));
    both(BillingField.COUNTRY, List.of("US", "ca", "De", "XK"), List.of("KP", "U", "USA", "00"));
  }

  private static void both(BillingField field, List<String> right, List<String> wrong) {
    RIGHT.put(field, right);
    WRONG.put(field, wrong);
  }

  private static final Set<BillingField> REQUIRED =
      EnumSet.of(
          BillingField.EMAIL,
          BillingField.CULTURE,
          BillingField.LANGUAGE,
          BillingField.COMPANY_NAME,
          BillingField.COUNTRY,
          BillingField.CITY,
          BillingField.ADDRESS_LINE_1,
          BillingField.ADDRESS_FIRST_NAME,
          BillingField.ADDRESS_LAST_NAME);

  private static final List<String> BLANK = List.of("", " ", "\t");

  /** Builds profiles property by property, right, wrong, blank or absent, and knows which. */
  @Test
  void exactlyTheWrongPropertiesAreNamed() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < PROFILES; i++) {
      Map<BillingField, String> values = new EnumMap<>(BillingField.class);
      Set<String> expected = new HashSet<>();
      for (BillingField field : BillingField.values()) {
        if (!choose(field, values, random)) {
          expected.add("p." + field.path());
        }
      }

      List<Problem> problems = new ArrayList<>();
      BillingProfile checked = BillingRules.check("p.", profile(values), problems);

      assertThat(problems)
          .as("seed %s, profile %s: %s", seed, i, values)
          .extracting(Problem::property)
          .doesNotHaveDuplicates()
          .containsExactlyInAnyOrderElementsOf(expected);
      if (problems.isEmpty()) {
        assertIsStable(checked);
      }
    }
  }

  /** Whether what was chosen is right. Where a country has its own forms, its own are chosen. */
  private static boolean choose(
      BillingField field, Map<BillingField, String> values, Random random) {
    List<String> right = new ArrayList<>(RIGHT.getOrDefault(field, List.of()));
    Set<BillingField> required = EnumSet.copyOf(REQUIRED);
    String country = values.getOrDefault(BillingField.COUNTRY, "").strip().toUpperCase(Locale.ROOT);
    if (field == BillingField.STATE) {
      right.add(Map.of("US", "wa", "CA", "QC").getOrDefault(country, "X1"));
    } else if (field == BillingField.POSTAL_CODE) {
      right.add(
          Map.of("US", "98052-1234", "CA", "k1a 0b1", "DE", "89073")
              .getOrDefault(country, "X-1 2"));
    }
    if (Set.of("US", "CA").contains(country)) {
      required.add(BillingField.STATE);
    }
    if (Set.of("US", "CA", "DE").contains(country)) {
      required.add(BillingField.POSTAL_CODE);
    }
    int kind = random.nextInt(40);
    if (kind == 0) {
      values.put(field, pick(WRONG.getOrDefault(field, List.of()), random));
      return false;
    }
    if (kind <= 2) {
      if (kind == 2) {
        values.put(field, pick(BLANK, random));
      }
      return !required.contains(field);
    }
    values.put(field, pick(right, random));
    return true;
  }

  private static String pick(List<String> values, Random random) {
    return values.get(random.nextInt(values.size()));
  }

  private static BillingProfile profile(Map<BillingField, String> values) {
    return BillingField.profile(values::get);
  }

  /** What is stored is stored as it is when a client sends it back. */
  private static void assertIsStable(BillingProfile checked) {
    List<Problem> problems = new ArrayList<>();
    assertThat(BillingRules.check("", checked, problems)).isEqualTo(checked);
    assertThat(problems).isEmpty();
    assertThat(checked.culture()).isIn("en-US", "az-Latn-AZ");
    assertThat(BillingField.COUNTRY.of(checked)).isIn("US", "CA", "DE", "XK");
  }

  @ParameterizedTest
  @CsvSource({
    "US, 98052,      true",
    "US, 980521234,  true",
    "US, 98052-12,   false",
    "US, 9805a,      false",
    "CA, K1A 0B1,    true",
    "CA, K1A0B1,     true",
    "CA, 12345,      false",
    "GB, SW1A 1AA,   true",
    "GB, M1 1AE,     true",
    "GB, 12345,      false",
    "DE, 89073,      true",
    "DE, 8907,       false",
    "NL, 1234 AB,    true",
    "NL, 1234,       false",
    "JP, 100-0001,   true",
    "PL, 00-950,     true",
    "SE, 111 22,     true",
    "BR, 01310-100,  true",
    "RU, 101000,     true",
    "XK, whatever-1, true"
  })
  void postalCodesHaveTheirCountrysForm(String country, String code, boolean isRight) {
    assertThat(AddressRules.isPostalCode(country, code)).isEqualTo(isRight);
  }

  @Test
  void problemTellsTheCountryWhoseFormIsMissed() {
    Map<BillingField, String> values = new EnumMap<>(BillingField.class);
    RIGHT.forEach((field, right) -> values.put(field, right.isEmpty() ? "??" : right.getFirst()));

    List<Problem> problems = new ArrayList<>();
    BillingRules.check("", profile(values), problems);

    assertThat(problems)
        .containsExactly(
            Problem.of("defaultAddress.state", Rule.UNKNOWN_STATE, "US"),
            Problem.of("defaultAddress.postalCode", Rule.MALFORMED_POSTAL_CODE, "US"));
  }
}
