package dev.vidame.server.registration;

import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.ApiException;
import dev.vidame.server.texts.Text;
import java.util.Optional;

/** Names that agents and applications are given. */
public final class GivenTexts {
  private static final int LONGEST_TEXT = 256;
  private static final String PRINCIPAL_NAME = "[^@\\s]{1,64}@[^@\\s]{1,48}";

  private GivenTexts() {}

  /** What is wrong with a text for people; empty where it is good. */
  public static Optional<Text> fault(String text) {
    if (text.isBlank()) {
      return Optional.of(Text.of("The value is required and must not be empty."));
    }
    if (text.codePointCount(0, text.length()) > LONGEST_TEXT) {
      return Optional.of(Text.of("The value is longer than %s characters.", LONGEST_TEXT));
    }
    return text.codePoints().anyMatch(Character::isISOControl)
        ? Optional.of(Text.of("The value holds a control character."))
        : Optional.empty();
  }

  /** What is wrong with the name that an agent signs in with; empty where it is good. */
  public static Optional<Text> faultOfPrincipalName(String name) {
    return fault(name)
        .or(() ->
            name.matches(PRINCIPAL_NAME)
                ? Optional.empty()
                : Optional.of(Text.of("The value must be name@domain.")));
  }

  /**
   * A text for people, found good.
   *
   * @param property what it is called in a refusal
   * @throws ApiException when it is not
   */
  public static String checked(String property, String text) {
    return good(property, text, fault(text));
  }

  /**
   * The name that an agent signs in with, found good.
   *
   * @throws ApiException when it is not
   */
  public static String principalName(String name) {
    return good("userPrincipalName", name, faultOfPrincipalName(name));
  }

  private static String good(String property, String text, Optional<Text> fault) {
    if (fault.isPresent()) {
      throw ApiErrors.invalidProperty(property, fault.get());
    }
    return text;
  }

  /** The refusal of a value that is missing. */
  public static ApiException empty(String property) {
    return ApiErrors.invalidProperty(
        property, Text.of("The value is required and must not be empty."));
  }
}
