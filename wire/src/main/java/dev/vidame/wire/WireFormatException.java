package dev.vidame.wire;

/**
 * A body that cannot be read. The message is for the sender alone: of the body it quotes at most a
 * property's name, or the text that names no value of an enum, whole.
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

  WireFormatException(Kind kind, String property, String message) {
    super(message);
    this.kind = kind;
    this.property = property;
  }

  static WireFormatException unreadable(String message) {
    return new WireFormatException(Kind.UNREADABLE, "", message);
  }

  /** What is wrong. */
  public Kind kind() {
    return kind;
  }

  /** The property at fault, or the empty text when it is the whole body. */
  public String property() {
    return property;
  }
}
