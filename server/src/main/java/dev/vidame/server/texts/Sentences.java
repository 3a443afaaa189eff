package dev.vidame.server.texts;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Finds the texts that English sentences were made of, for sentences that were written down before
 * anybody knew who would read them. Immutable.
 */
public final class Sentences {
  private static final String PLACE = "%s";

  /** With fewer letters of its own a template fits too much. */
  private static final int FEWEST_LETTERS = 12;

  private Sentences() {}

  private record Known(String template, Pattern pattern) {
    static Known of(String template) {
      String pattern =
          List.of(template.split(Pattern.quote(PLACE), -1)).stream()
              .map(Pattern::quote)
              .reduce((before, behind) -> before + "(.*)" + behind)
              .orElseThrow();
      return new Known(template, Pattern.compile(pattern, Pattern.DOTALL));
    }

    Optional<Text> in(String sentence) {
      Matcher found = pattern.matcher(sentence);
      return found.matches()
          ? Optional.of(
              new Text(
                  template,
                  IntStream.rangeClosed(1, found.groupCount()).mapToObj(found::group).toList()))
          : Optional.empty();
    }
  }

  /** Those with places, the ones with most letters of their own first. */
  private static final class All {
    private static final List<Known> KNOWN =
        Translations.french().all().keySet().stream()
            .filter(template -> template.contains(PLACE))
            .filter(template -> template.replace(PLACE, "").length() >= FEWEST_LETTERS)
            .sorted(
                Comparator.comparingInt((String template) -> template.replace(PLACE, "").length())
                    .reversed())
            .map(Known::of)
            .toList();
  }

  /** The text of a sentence; one that is the same in every language where it has none. */
  public static Text of(String sentence) {
    if (Translations.french().all().containsKey(sentence)) {
      return new Text(sentence, List.of());
    }
    return All.KNOWN.stream()
        .flatMap(known -> known.in(sentence).stream())
        .findFirst()
        .orElseGet(() -> Text.of(PLACE, sentence));
  }
}
