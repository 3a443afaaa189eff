package dev.vidame.bench.compare;

import dev.vidame.bench.BenchException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The little that is read of answers: plain texts, without anything escaped. */
final class Json {
  private Json() {}

  /** The first member of this name. */
  static String text(String json, String member) {
    Matcher found =
        Pattern.compile("\"" + Pattern.quote(member) + "\"\\s*:\\s*\"([^\"]*)\"").matcher(json);
    if (!found.find()) {
      throw new BenchException("No " + member + " in " + json);
    }
    return found.group(1);
  }
}
