package dev.vidame.wire;

import java.util.Locale;
import java.util.Optional;

/** Who manages a product's licences (wire-spec §5.1). */
public enum LicenseGroup {
  /** Products whose licences the directory manages. */
  GROUP1,
  /** Products whose licences are managed elsewhere. */
  GROUP2;

  /** The value on the wire. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The group of a text in any case, or empty where it names none. */
  public static Optional<LicenseGroup> of(String text) {
    for (LicenseGroup group : values()) {
      if (group.name().equalsIgnoreCase(text.strip())) {
        return Optional.of(group);
      }
    }
    return Optional.empty();
  }
}
