package dev.vidame.directory.users;

import com.nulabinc.zxcvbn.StandardDictionaries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/**
 * Passwords that are tried first, because many people have had them; in lower case. Thread-safe,
 * read when it is first asked (docs/decisions/0041).
 */
final class CommonPasswords {
  /** Shorter ones are ordinary words, which a long password may well be made of. */
  private static final int SHORTEST_PART = 8;

  /** As many in a row are no more than one guess of many. */
  private static final int MOST_PARTS = 2;

  private static final Set<String> ALL = read();

  private static final int LONGEST = longest();

  private CommonPasswords() {}

  private static Set<String> read() {
    try {
      Set<String> all =
          new HashSet<>(StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies());
      all.addAll(KnownPasswords.ALL);
      return Collections.unmodifiableSet(all);
    } catch (IOException e) {
      throw new UncheckedIOException("The list of common passwords cannot be read", e);
    }
  }

  private static int longest() {
    int longest = 0;
    for (String password : ALL) {
      longest = Math.max(longest, password.length());
    }
    return longest;
  }

  /** Whether it is one of them. */
  static boolean contains(String password) {
    return ALL.contains(password);
  }

  /**
   * How many characters are left where the two longest of them that stand in the password are taken
   * out. Each place of the password is looked at once, so this takes no longer than its length
   * times that of the longest entry.
   */
  static int charactersBeside(String password) {
    int length = password.length();
    int[][] covered = new int[MOST_PARTS + 1][length + 1];
    for (int end = 1; end <= length; end++) {
      for (int parts = 1; parts <= MOST_PARTS; parts++) {
        covered[parts][end] = covered[parts][end - 1];
      }
      for (int start = Math.max(0, end - LONGEST); start <= end - SHORTEST_PART; start++) {
        if (ALL.contains(password.substring(start, end))) {
          for (int parts = 1; parts <= MOST_PARTS; parts++) {
            int sum = covered[parts - 1][start] + end - start;
            covered[parts][end] = Math.max(covered[parts][end], sum);
          }
        }
      }
    }
    return length - covered[MOST_PARTS][length];
  }
}
