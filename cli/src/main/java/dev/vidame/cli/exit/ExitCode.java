package dev.vidame.cli.exit;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a shell sees when a command ends. The numbers are a promise to scripts; above 2 they are
 * those of {@code sysexits.h} where it has one that fits.
 */
public enum ExitCode {
  /** Done. */
  OK(0, "It was done."),
  /** The service understood and would not. */
  REFUSED(1, "The service did not do it: a name is taken, no licence is left, a value is wrong."),
  /** The command line is wrong. */
  USAGE(2, "The command line cannot be understood. Nothing was done."),
  /** What was given is wrong: a file, standard input. */
  DATA(65, "What was given in a file or on standard input is not right. Nothing was done."),
  /** There is no such thing. */
  NOT_FOUND(67, "There is no such customer, account, role or licence."),
  /** Nobody answered. */
  UNAVAILABLE(69, "No service answered, or it could not."),
  /** A defect of this program. */
  DEFECT(70, "This program has a defect."),
  /** A file or the output failed. */
  INPUT_OUTPUT(74, "A file or the output could not be read or written."),
  /** Later, it would go. */
  TRY_LATER(75, "The service has too much to do. Nothing was done; the same command works later."),
  /** It may have been done. */
  OUTCOME_UNKNOWN(76, "The answer was lost, so it may have been done. Look before you repeat it."),
  /** Not signed in, or without the right. */
  NOT_ALLOWED(77, "Nobody is signed in (any more), or whoever is has no right to this."),
  /** A profile, a setting. */
  CONFIGURATION(78, "A profile or a setting is missing, broken or open to others."),
  /** Ctrl-C. */
  INTERRUPTED(130, "It was interrupted (Ctrl-C).");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  /** What the shell sees. */
  public int number() {
    return number;
  }

  /** When, in a sentence. */
  public String meaning() {
    return meaning;
  }

  /** All of them as help shows them: number, meaning. */
  public static Map<String, String> list() {
    Map<String, String> list = new LinkedHashMap<>();
    Arrays.stream(values())
        .forEach(code -> list.put(Integer.toString(code.number), code.meaning));
    return list;
  }
}
