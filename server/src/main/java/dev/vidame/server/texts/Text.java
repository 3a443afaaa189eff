package dev.vidame.server.texts;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something to tell a person, in any language. Immutable.
 *
 * <p>A text is its English template, with {@code %s} for each argument; translations are found by
 * the template. Arguments are never translated.
 */
public final class Text {
  private final @Nullable Text before;
  private final String template;
  private final List<String> arguments;

  private Text(@Nullable Text before, String template, List<String> arguments) {
    this.before = before;
    this.template = template;
    this.arguments = List.copyOf(arguments);
  }

  /** A text with these arguments in its places. */
  public Text(String template, List<String> arguments) {
    this(null, template, arguments);
  }

  /** A text with these arguments in its places. */
  public static Text of(String template, Object... arguments) {
    return new Text(template, Arrays.stream(arguments).map(String::valueOf).toList());
  }

  /**
   * This text with another before it, as in {@code "Invalid property: %s."}, and a blank between
   * them.
   */
  public Text behind(Text other) {
    return new Text(other, template, arguments);
  }

  /** The text before this one; empty for none. */
  public Optional<Text> before() {
    return Optional.ofNullable(before);
  }

  /** What is translated, with {@code %s} for each argument. */
  public String template() {
    return template;
  }

  /** What is put into its places. */
  public List<String> arguments() {
    return arguments;
  }

  /** The text in a language; in English where nobody has translated it. */
  public String in(Language language) {
    String pattern = language == Language.FRENCH ? Translations.french().of(template) : template;
    String text = pattern.formatted(arguments.toArray());
    return before == null ? text : before.in(language) + " " + text;
  }

  /** The English text. */
  @Override
  public String toString() {
    return in(Language.ENGLISH);
  }
}
