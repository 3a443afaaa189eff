package dev.vidame.directory.users;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which passwords an account may be given (wire-spec: the password profile). Immutable. */
public final class PasswordPolicy {
  private static final int SHORTEST = 8;
  private static final int SHORTEST_NIST = 15;
  private static final int LONGEST = 256;
  private static final int CLASSES = 3;

  /** Shorter names would ban too much. */
  private static final int SHORTEST_BANNED_NAME = 4;

  /**
   * Those of the well-known lists of leaked passwords that the other rules let through, in lower
   * case.
   */
  private static final Set<String> COMMON =
      Set.of(
          "password1",
          "password1!",
          "password12",
          "password123",
          "password123!",
          "password@1",
          "password@123",
          "passw0rd",
          "passw0rd1",
          "passw0rd!",
          "p@ssw0rd",
          "p@ssw0rd1",
          "p@ssw0rd!",
          "p@ssword",
          "p@ssword1",
          "p@ssword123",
          "pa$$w0rd",
          "pa$$word",
          "pa$$word1",
          "welcome1",
          "welcome1!",
          "welcome123",
          "welcome123!",
          "welcome@123",
          "welcome@1",
          "qwerty123",
          "qwerty123!",
          "qwerty1!",
          "qwerty@123",
          "qwertyuiop1",
          "1q2w3e4r",
          "1q2w3e4r5t",
          "1qaz2wsx",
          "1qaz@wsx",
          "zaq12wsx",
          "zaq1@wsx",
          "abc12345",
          "abc123456",
          "abcd1234",
          "abcd1234!",
          "abcd@1234",
          "admin123",
          "admin123!",
          "admin@123",
          "admin1234",
          "administrator1",
          "changeme1",
          "changeme1!",
          "changeme123",
          "changeme123!",
          "letmein1",
          "letmein1!",
          "letmein123",
          "iloveyou1",
          "iloveyou1!",
          "monkey123",
          "dragon123",
          "football1",
          "baseball1",
          "sunshine1",
          "princess1",
          "superman1",
          "master123",
          "shadow123",
          "michael1",
          "charlie1",
          "trustno1",
          "trustno1!",
          "summer2024",
          "summer2025",
          "summer2026",
          "winter2024",
          "winter2025",
          "winter2026",
          "spring2026",
          "autumn2026",
          "test1234",
          "test1234!",
          "test@123",
          "test@1234",
          "temp1234",
          "temp1234!",
          "secret123",
          "secret123!",
          "default1",
          "default123",
          "user1234",
          "guest123",
          "login123",
          "hello123",
          "hello123!",
          "company1",
          "company123",
          "office365",
          "office365!",
          "microsoft1",
          "microsoft123",
          "azerty123",
          "azerty123!",
          "motdepasse1",
          "motdepasse1!",
          "bonjour1",
          "bonjour123",
          "bonjour1!",
          "soleil123",
          "doudou123",
          "loulou123",
          "chouchou1");

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
  public void check(String password, String userPrincipalName, List<Problem> problems) {
    switch (policy.passwords()) {
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
    for (String common : COMMON) {
      rest = rest.replace(common, "");
    }
    return rest.length() < SHORTEST || period(password) < SHORTEST || isRow(password);
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
    if (COMMON.contains(password)) {
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
