package dev.vidame.directory.customers;

import dev.vidame.directory.Failure;
import dev.vidame.directory.users.Problem;
import dev.vidame.directory.users.Rule;
import dev.vidame.wire.BillingProfile;
import dev.vidame.wire.Countries;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules of a billing profile (wire-spec §2.3). Used once. */
final class BillingRules {
  private static final int LONGEST_EMAIL = 254;

  private static final Pattern EMAIL =
      Pattern.compile("[^\\s@\"<>(),:;\\[\\]\\\\]{1,64}@[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+");

  private static final Set<BillingField> REQUIRED =
      Set.of(
          BillingField.EMAIL,
          BillingField.CULTURE,
          BillingField.LANGUAGE,
          BillingField.COMPANY_NAME,
          BillingField.COUNTRY,
          BillingField.CITY,
          BillingField.ADDRESS_LINE_1,
          BillingField.ADDRESS_FIRST_NAME,
          BillingField.ADDRESS_LAST_NAME);

  private final Map<BillingField, String> values = new EnumMap<>(BillingField.class);
  private final List<Problem> problems = new ArrayList<>();
  private final String prefix;

  private BillingRules(String prefix, BillingProfile given) {
    this.prefix = prefix;
    for (BillingField field : BillingField.values()) {
      String value = field.of(given);
      if (value != null && !value.isBlank()) {
        values.put(field, value);
      }
    }
  }

  /**
   * Checks a profile, and gives it its one spelling; a blank property is an absent one.
   *
   * @param prefix what stands before the profile's properties in problems
   * @param problems receives what is wrong
   */
  static BillingProfile check(String prefix, BillingProfile given, List<Problem> problems) {
    BillingRules rules = new BillingRules(prefix, given);
    for (BillingField field : BillingField.values()) {
      rules.check(field);
    }
    problems.addAll(rules.problems);
    return BillingField.profile(rules.values::get);
  }

  /** Companies of some countries must tell a phone number. Only for a profile without problems. */
  static void requirePhoneNumber(BillingProfile profile) {
    String country = BillingField.COUNTRY.of(profile);
    if (country != null
        && AddressRules.requiresOrganizationNumber(country)
        && BillingField.PHONE_NUMBER.of(profile) == null) {
      throw new Failure.CountryDuty(Failure.CountryDuty.Kind.PHONE_NUMBER_MISSING).asException();
    }
  }

  private void check(BillingField field) {
    String value = values.get(field);
    if (value == null) {
      if (isRequired(field)) {
        add(field, Rule.REQUIRED);
      }
    } else if (value.codePoints().anyMatch(Character::isISOControl)) {
      add(field, Rule.CONTROL_CHARACTER);
    } else if (value.codePointCount(0, value.length()) > longest(field)) {
      add(field, Rule.TOO_LONG, longest(field));
    } else {
      checkForm(field, value);
    }
  }

  private boolean isRequired(BillingField field) {
    return switch (field) {
      case STATE -> AddressRules.requiresState(country());
      case POSTAL_CODE -> AddressRules.requiresPostalCode(country());
      default -> REQUIRED.contains(field);
    };
  }

  /** Empty where it is not given. It is checked, and has its spelling, before what needs it. */
  private String country() {
    return values.getOrDefault(BillingField.COUNTRY, "");
  }

  private static int longest(BillingField field) {
    return switch (field) {
      case COMPANY_NAME -> 256;
      case EMAIL -> LONGEST_EMAIL;
      case ADDRESS_LINE_1, ADDRESS_LINE_2 -> 200;
      case CITY, REGION -> 100;
      case FIRST_NAME, LAST_NAME, ADDRESS_FIRST_NAME, ADDRESS_MIDDLE_NAME, ADDRESS_LAST_NAME -> 50;
      case PHONE_NUMBER, CULTURE, LANGUAGE, COUNTRY, STATE, POSTAL_CODE -> 64;
    };
  }

  private void checkForm(BillingField field, String value) {
    switch (field) {
      case EMAIL -> require(field, EMAIL.matcher(value).matches(), Rule.MALFORMED_EMAIL);
      case CULTURE -> spell(field, Cultures.culture(value), Rule.UNKNOWN_CULTURE);
      case LANGUAGE -> spell(field, Cultures.language(value), Rule.UNKNOWN_LANGUAGE);
      case COUNTRY ->
          spell(
              field,
              Optional.of(value.toUpperCase(Locale.ROOT)).filter(Countries::contains),
              Rule.UNKNOWN_COUNTRY);
      case STATE -> checkState(value);
      case POSTAL_CODE ->
          require(
              field,
              AddressRules.isPostalCode(country(), value),
              Rule.MALFORMED_POSTAL_CODE,
              country());
      default -> {}
    }
  }

  private void checkState(String value) {
    require(
        BillingField.STATE, AddressRules.isState(country(), value), Rule.UNKNOWN_STATE, country());
    values.put(BillingField.STATE, value.toUpperCase(Locale.ROOT));
  }

  private void spell(BillingField field, Optional<String> spelling, Rule rule) {
    require(field, spelling.isPresent(), rule);
    spelling.ifPresent(text -> values.put(field, text));
  }

  private void require(BillingField field, boolean holds, Rule rule, Object... arguments) {
    if (!holds) {
      add(field, rule, arguments);
    }
  }

  private void add(BillingField field, Rule rule, Object... arguments) {
    problems.add(Problem.of(prefix + field.path(), rule, arguments));
  }
}
