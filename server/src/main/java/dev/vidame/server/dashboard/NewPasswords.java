package dev.vidame.server.dashboard;

import dev.vidame.server.texts.Text;
import java.security.SecureRandom;

/**
 * Makes passwords that people read out and type: four groups of four, of letters and digits that
 * are not taken for each other. Thread-safe. They have three of the four kinds of characters, and
 * 80 bits of chance.
 */
final class NewPasswords {
  private static final String UPPER = "ABCDEFGHJKLMNPQRSTUVWXYZ";
  private static final String LOWER = "abcdefghijkmnpqrstuvwxyz";
  private static final String DIGITS = "23456789";
  private static final String ALL = UPPER + LOWER + DIGITS;
  private static final int GROUPS = 4;
  private static final int GROUP = 4;

  private final SecureRandom random;

  NewPasswords(SecureRandom random) {
    this.random = random;
  }

  String next() {
    StringBuilder password = new StringBuilder();
    for (int group = 0; group < GROUPS; group++) {
      if (group > 0) {
        password.append('-');
      }
      for (int i = 0; i < GROUP; i++) {
        password.append(one(from(group, i)));
      }
    }
    return password.toString();
  }

  /** One of each kind is sure. */
  private static String from(int group, int place) {
    if (group == 0 && place < 3) {
      return place == 0 ? UPPER : place == 1 ? LOWER : DIGITS;
    }
    return ALL;
  }

  private char one(String of) {
    return of.charAt(random.nextInt(of.length()));
  }

  /** What is said where a form that makes a password comes again. */
  static Notice sentBefore() {
    return Notice.fault(
        Text.of(
            "This form was sent before. The password that was made then was shown once."
                + " Reset it again for another one."));
  }
}
