package dev.vidame.wire;

import java.util.List;

/**
 * A body, or a filter, that cannot be read. The message is for the sender alone: it quotes at most
 * a property's name, or the text that names no value of an enum, whole.
 */
public final class WireFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is wrong with the body. */
  public enum Kind {
    /** Not JSON, not an object, or a member of the wrong type. */
    UNREADABLE,
    /** A property with a value that is never allowed. */
    INVALID_PROPERTY,
    /** A text that names no value of its enum. */
    UNKNOWN_ENUM
  }

  private final Kind kind;
  private final String property;
  private final String template;
  private final transient List<String> arguments;

  /**
   * A body that cannot be read.
   *
   * @param template the message, with {@code %s} for each argument
   */
  WireFormatException(Kind kind, String property, String template, String... arguments) {
    super(template.formatted((Object[]) arguments));
    this.kind = kind;
    this.property = property;
    this.template = template;
    this.arguments = List.of(arguments);
  }

  static WireFormatException unreadable(String template, String... arguments) {
    return new WireFormatException(Kind.UNREADABLE, "", template, arguments);
  }

  /** The message with {@code %s} in place of each of the arguments, for translation. */
  public String template() {
    return template;
  }

  /** What stands in the template's places. */
  public List<String> arguments() {
    return arguments;
  }

  /** What is wrong. */
  public Kind kind() {
    return kind;
  }

  /** The same, said of a text that is not a body but goes by a name. */
  WireFormatException in(String name) {
    return new WireFormatException(kind, name, template, arguments.toArray(String[]::new));
  }

  /**
   * The property or the parameter of the query at fault, or the empty text when it is the whole
   * body.
   */
  public String property() {
    return property;
  }
}
