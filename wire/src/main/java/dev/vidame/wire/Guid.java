package dev.vidame.wire;

import java.util.Optional;
import java.util.UUID;

/** Reads GUIDs as the wire spells them: 36 characters, hyphenated, any case, no braces. */
public final class Guid {
  private static final int LENGTH = 36;

  private Guid() {}

  /**
   * The GUID that the text spells, or empty. Unlike {@link UUID#fromString}, short groups are
   * refused.
   */
  public static Optional<UUID> parse(String text) {
    if (text.length() != LENGTH) {
      return Optional.empty();
    }
    for (int i = 0; i < LENGTH; i++) {
      char c = text.charAt(i);
      boolean hyphenExpected = i == 8 || i == 13 || i == 18 || i == 23;
      if (hyphenExpected ? c != '-' : Character.digit(c, 16) < 0 || c > 'f') {
        return Optional.empty();
      }
    }
    return Optional.of(UUID.fromString(text));
  }

  static UUID require(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException("Not a GUID: " + text));
  }
}
