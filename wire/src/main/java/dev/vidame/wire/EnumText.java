package dev.vidame.wire;

/** Matches enum texts as the wire does: ignoring case and underscores. */
final class EnumText {
  private EnumText() {}

  static <E extends Enum<E>> E read(String text, E[] values, E otherwise) {
    String wanted = text.replace("_", "");
    for (E value : values) {
      if (value.name().replace("_", "").equalsIgnoreCase(wanted)) {
        return value;
      }
    }
    return otherwise;
  }
}
