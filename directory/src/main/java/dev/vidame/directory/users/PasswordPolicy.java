package dev.vidame.directory.users;

import dev.vidame.directory.partners.PasswordStandard;
import java.util.List;
import java.util.Locale;

/** Which passwords an account may be given (wire-spec: the password profile). Immutable. */
public final class PasswordPolicy {
  private static final int SHORTEST = 8;
  private static final int SHORTEST_NIST = 15;
  private static final int LONGEST = 256;
  private static final int CLASSES = 3;

  /** Shorter names would ban too much. */
  private static final int SHORTEST_BANNED_NAME = 4;

  /** Keys side by side, letters and digits in order. */
  private static final List<String> ROWS =
      List.of(
          "qwertyuiopasdfghjklzxcvbnm",
          "azertyuiopqsdfghjklmwxcvbn",
          "abcdefghijklmnopqrstuvwxyz0123456789",
          "zyxwvutsrqponmlkjihgfedcba9876543210",
          "1234567890123456789012345678901234567890");

  private final UserPolicy policy;

  /** The rules, with these switches. */
  public PasswordPolicy(UserPolicy policy) {
    this.policy = policy;
  }

  /** Adds what is wrong with the password for an account of this name. */
  public void check(
      PasswordStandard standard,
      String password,
      String userPrincipalName,
      List<Problem> problems) {
    switch (standard) {
      case COMPATIBLE -> checkCompatible(password, userPrincipalName, problems);
      case NIST -> checkNist(password, userPrincipalName, problems);
    }
  }

  /** The block list is no choice here: it stands in for the kinds of characters. */
  private static void checkNist(String password, String userPrincipalName, List<Problem> problems) {
    int length = password.codePointCount(0, password.length());
    if (length < SHORTEST_NIST || password.length() > LONGEST) {
      add(problems, Rule.PASSWORD_LENGTH, SHORTEST_NIST, LONGEST);
    } else if (password.chars().anyMatch(Character::isISOControl)) {
      add(problems, Rule.CONTROL_CHARACTER);
    } else if (isEasilyGuessed(password.toLowerCase(Locale.ROOT))) {
      add(problems, Rule.PASSWORD_COMMON);
    } else {
      checkBanList(password.toLowerCase(Locale.ROOT), userPrincipalName, problems);
    }
  }

  /** Made longer by saying a known or a short one again, or by going along a row. */
  private static boolean isEasilyGuessed(String password) {
    String rest = password;
    for (String known : KnownPasswords.ALL) {
      rest = rest.replace(known, "");
    }
    return rest.length() < SHORTEST
        || CommonPasswords.charactersBeside(password) < SHORTEST
        || period(password) < SHORTEST
        || isRow(password);
  }

  /** After how many characters it says itself again. */
  private static int period(String password) {
    int period = 1;
    while (!password.startsWith(password.substring(period))) {
      period++;
    }
    return period;
  }

  private static boolean isRow(String password) {
    return ROWS.stream().anyMatch(row -> row.contains(password));
  }

  private void checkCompatible(String password, String userPrincipalName, List<Problem> problems) {
    if (password.length() < SHORTEST || password.length() > LONGEST) {
      add(problems, Rule.PASSWORD_LENGTH, SHORTEST, LONGEST);
    } else if (!password.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      add(problems, Rule.PASSWORD_CHARACTER);
    } else if (classes(password) < CLASSES) {
      add(problems, Rule.PASSWORD_CLASSES);
    } else if (policy.banList()) {
      checkBanList(password.toLowerCase(Locale.ROOT), userPrincipalName, problems);
    }
  }

  private static void checkBanList(
      String password, String userPrincipalName, List<Problem> problems) {
    int at = userPrincipalName.indexOf('@');
    String name = userPrincipalName.substring(0, Math.max(at, 0)).toLowerCase(Locale.ROOT);
    if (CommonPasswords.contains(password)) {
      add(problems, Rule.PASSWORD_COMMON);
    } else if (name.length() >= SHORTEST_BANNED_NAME && password.contains(name)) {
      add(problems, Rule.PASSWORD_CONTAINS_NAME);
    }
  }

  private static long classes(String password) {
    return password.chars().map(PasswordPolicy::characterClass).distinct().count();
  }

  private static int characterClass(int c) {
    if (c >= 'a' && c <= 'z') {
      return 0;
    }
    if (c >= 'A' && c <= 'Z') {
      return 1;
    }
    return c >= '0' && c <= '9' ? 2 : 3;
  }

  private static void add(List<Problem> problems, Rule rule, Object... arguments) {
    problems.add(Problem.of("passwordProfile.password", rule, arguments));
  }
}
