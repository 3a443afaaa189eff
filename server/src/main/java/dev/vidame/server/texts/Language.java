package dev.vidame.server.texts;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A language that the service speaks. */
public enum Language {
  /** {@code en-US}. */
  ENGLISH(Locale.US),
  /** {@code fr-FR}. */
  FRENCH(Locale.FRANCE);

  private static final List<Locale> LOCALES =
      List.of(Locale.ENGLISH, Locale.FRENCH, Locale.US, Locale.FRANCE);

  private final Locale locale;

  Language(Locale locale) {
    this.locale = locale;
  }

  /** How numbers and dates are written. */
  public Locale locale() {
    return locale;
  }

  /**
   * The language of an answer: that of {@code X-Locale} where there is one, English if it is not
   * spoken here; else the first of {@code Accept-Language} that is spoken; else English (wire-spec
   * §7.1, §7.8).
   */
  public static Language of(Optional<String> xLocale, Optional<String> acceptLanguage) {
    return xLocale
        .map(Language::unquoted)
        .filter(locale -> !locale.isBlank())
        .or(() -> acceptLanguage)
        .flatMap(Language::firstSpoken)
        .orElse(ENGLISH);
  }

  /** A documented example has the quotes of its prose within the header. */
  private static String unquoted(String text) {
    return text.strip().replace("\"", "");
  }

  private static Optional<Language> firstSpoken(String ranges) {
    try {
      Locale found = Locale.lookup(Locale.LanguageRange.parse(ranges), LOCALES);
      return Optional.ofNullable(found).map(Language::ofLocale);
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // not a list of languages, so it wishes for none
    }
  }

  private static Language ofLocale(Locale locale) {
    return locale.getLanguage().equals(Locale.FRENCH.getLanguage()) ? FRENCH : ENGLISH;
  }
}
