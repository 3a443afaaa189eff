package dev.vidame.directory.partners;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which passwords are good, the mildest first. */
public enum PasswordStandard {
  /** What clients of Partner Center know: 8 to 256 of three kinds of ASCII character. */
  COMPATIBLE,
  /** Long ones of any characters, unless they are easily guessed (NIST SP 800-63B-4 §3.1.1). */
  NIST;

  /** The text in the store, in settings and on the operators' routes: it never changes. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The standard of this code in any case, or empty where there is none. */
  public static Optional<PasswordStandard> of(String code) {
    return Arrays.stream(values())
        .filter(standard -> standard.code().equalsIgnoreCase(code))
        .findFirst();
  }

  /** The one of the two that asks for more. */
  public PasswordStandard orStricter(PasswordStandard other) {
    return compareTo(other) < 0 ? other : this;
  }
}
