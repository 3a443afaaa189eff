package dev.vidame.bulk;

import org.jspecify.annotations.Nullable;

/**
 * What no service takes as a password (wire-spec §3.2). A partner is under one of two sets of
 * rules, which only the service knows, so only what both refuse is refused here; the lists of
 * banned passwords are the service's, too.
 */
final class PasswordRules {
  private static final int SHORTEST = 8;
  private static final int SHORTEST_PHRASE = 15;
  private static final int LONGEST = 256;
  private static final int CLASSES = 3;

  private PasswordRules() {}

  /** Why no service takes it, or null. */
  static @Nullable String fault(String password) {
    int length = password.codePointCount(0, password.length());
    if (length < SHORTEST || password.length() > LONGEST) {
      return "The password must have 8 to 256 characters.";
    }
    if (length >= SHORTEST_PHRASE) {
      return null;
    }
    if (!password.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      return "A password of less than 15 characters must be of ASCII characters.";
    }
    return password.chars().map(PasswordRules::kind).distinct().count() < CLASSES
        ? "The password must hold three of: lower case, upper case, digits, symbols."
        : null;
  }

  private static int kind(int c) {
    if (c >= 'a' && c <= 'z') {
      return 0;
    }
    if (c >= 'A' && c <= 'Z') {
      return 1;
    }
    return c >= '0' && c <= '9' ? 2 : 3;
  }
}
