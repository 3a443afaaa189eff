package dev.vidame.directory.customers;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What addresses look like in which country (docs/decisions/0022). Upper-case country codes; a
 * country that is not named here is taken at its word.
 */
final class AddressRules {
  private static final Map<String, Set<String>> STATES =
      Map.of(
          "US",
          words(
              """
              AA AE AK AL AP AR AS AZ CA CO CT DC DE FL GA GU HI IA ID IL IN KS KY LA MA MD ME MI MN
              MO MP MS MT NC ND NE NH NJ NM NV NY OH OK OR PA PR RI SC SD TN TX UT VA VI VT WA WI WV
              WY
              """),
          "CA",
          words("AB BC MB NB NL NS NT NU ON PE QC SK YT"));

  /** Elsewhere, the part of an ISO 3166-2 code behind the country. */
  private static final Pattern STATE = Pattern.compile("[A-Za-z0-9]{1,3}");

  private static final Map<String, Pattern> POSTAL_CODES =
      Map.ofEntries(
          postalCode("US", "\\d{5}(?:-?\\d{4})?"),
          postalCode("CA", "[A-Za-z]\\d[A-Za-z] ?\\d[A-Za-z]\\d"),
          postalCode("GB", "[A-Za-z]{1,2}\\d[A-Za-z0-9]? ?\\d[A-Za-z]{2}"),
          postalCode("AT", "\\d{4}"),
          postalCode("AU", "\\d{4}"),
          postalCode("BE", "\\d{4}"),
          postalCode("BR", "\\d{5}-?\\d{3}"),
          postalCode("CH", "\\d{4}"),
          postalCode("CZ", "\\d{3} ?\\d{2}"),
          postalCode("DE", "\\d{5}"),
          postalCode("DK", "\\d{4}"),
          postalCode("ES", "\\d{5}"),
          postalCode("FI", "\\d{5}"),
          postalCode("FR", "\\d{5}"),
          postalCode("IN", "\\d{3} ?\\d{3}"),
          postalCode("IT", "\\d{5}"),
          postalCode("JP", "\\d{3}-?\\d{4}"),
          postalCode("NL", "\\d{4} ?[A-Za-z]{2}"),
          postalCode("NO", "\\d{4}"),
          postalCode("NZ", "\\d{4}"),
          postalCode("PL", "\\d{2}-?\\d{3}"),
          postalCode("PT", "\\d{4}-?\\d{3}"),
          postalCode("SE", "\\d{3} ?\\d{2}"));

  /** Elsewhere. */
  private static final Pattern POSTAL_CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 -]{0,15}");

  /** The countries whose companies must tell their number and a phone number. */
  private static final Map<String, Pattern> ORGANIZATION_NUMBERS =
      Map.ofEntries(
          number("AM", "\\d{8}"),
          number("AZ", "\\d{10}"),
          number("BY", "\\d{9}"),
          number("HU", "\\d{8}(?:-?\\d-?\\d{2})?"),
          number("KZ", "\\d{12}"),
          number("KG", "\\d{14}"),
          number("MD", "\\d{13}"),
          number("RU", "\\d{10}|\\d{12}"),
          number("TJ", "\\d{9}"),
          number("UZ", "\\d{9}"),
          number("UA", "\\d{8}|\\d{10}|\\d{12}"));

  private AddressRules() {}

  private static Set<String> words(String text) {
    return Set.of(text.strip().split("\\s+"));
  }

  private static Map.Entry<String, Pattern> postalCode(String country, String form) {
    return Map.entry(country, Pattern.compile(form));
  }

  private static Map.Entry<String, Pattern> number(String country, String form) {
    return Map.entry(country, Pattern.compile(form));
  }

  static boolean requiresState(String country) {
    return STATES.containsKey(country);
  }

  static boolean isState(String country, String state) {
    Set<String> known = STATES.get(country);
    return known == null
        ? STATE.matcher(state).matches()
        : known.contains(state.toUpperCase(Locale.ROOT));
  }

  static boolean requiresPostalCode(String country) {
    return POSTAL_CODES.containsKey(country);
  }

  static boolean isPostalCode(String country, String code) {
    return POSTAL_CODES.getOrDefault(country, POSTAL_CODE).matcher(code).matches();
  }

  /** Whether companies there must tell their number and a phone number. */
  static boolean requiresOrganizationNumber(String country) {
    return ORGANIZATION_NUMBERS.containsKey(country);
  }

  static boolean isOrganizationNumber(String country, String number) {
    Pattern form = ORGANIZATION_NUMBERS.get(country);
    return form != null && form.matcher(number).matches();
  }
}
