package dev.vidame.directory.users;

import dev.vidame.wire.Countries;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The rules of an account's text properties (wire-spec: the resource's property table). */
final class UserRules {
  private static final int NAME_LENGTH = 64;
  private static final int DISPLAY_NAME_LENGTH = 256;
  private static final int IMMUTABLE_ID_LENGTH = 128;
  private static final int DOMAIN_LENGTH = 48;

  private static final Pattern PRINCIPAL_NAME =
      Pattern.compile(
          "(?!\\.)[A-Za-z0-9'._!#^~-]{1,64}(?<!\\.)@"
              + "(?=.{1,"
              + DOMAIN_LENGTH
              + "}$)[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*");

  private final UserPolicy policy;

  UserRules(UserPolicy policy) {
    this.policy = policy;
  }

  /** The form in which a value is stored. */
  String normalise(UserField field, String value) {
    return field == UserField.USAGE_LOCATION && !policy.anyUsageLocation()
        ? value.toUpperCase(Locale.ROOT)
        : value;
  }

  /** Adds what is wrong with a value that is not empty. */
  void check(UserField field, String value, List<Problem> problems) {
    if (value.codePoints().anyMatch(Character::isISOControl)) {
      problems.add(Problem.of(field.wireName(), Rule.CONTROL_CHARACTER));
      return;
    }
    switch (field) {
      case USAGE_LOCATION -> checkUsageLocation(value, problems);
      case USER_PRINCIPAL_NAME -> checkPrincipalName(value, problems);
      case DISPLAY_NAME -> checkLength(field, value, DISPLAY_NAME_LENGTH, problems);
      case IMMUTABLE_ID -> checkLength(field, value, IMMUTABLE_ID_LENGTH, problems);
      case FIRST_NAME, LAST_NAME, PHONE_NUMBER -> checkLength(field, value, NAME_LENGTH, problems);
    }
  }

  private void checkUsageLocation(String value, List<Problem> problems) {
    if (policy.anyUsageLocation()) {
      checkLength(UserField.USAGE_LOCATION, value, NAME_LENGTH, problems);
    } else if (!Countries.contains(value)) {
      problems.add(Problem.of(UserField.USAGE_LOCATION.wireName(), Rule.UNKNOWN_COUNTRY));
    }
  }

  private static void checkPrincipalName(String value, List<Problem> problems) {
    if (!PRINCIPAL_NAME.matcher(value).matches()) {
      problems.add(
          Problem.of(UserField.USER_PRINCIPAL_NAME.wireName(), Rule.MALFORMED_PRINCIPAL_NAME));
    }
  }

  private static void checkLength(
      UserField field, String value, int longest, List<Problem> problems) {
    if (value.codePointCount(0, value.length()) > longest) {
      problems.add(Problem.of(field.wireName(), Rule.TOO_LONG, longest));
    }
  }
}
