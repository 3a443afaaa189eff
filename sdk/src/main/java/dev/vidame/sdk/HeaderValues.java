package dev.vidame.sdk;

/** What may stand in a header that a caller fills. */
final class HeaderValues {
  private HeaderValues() {}

  static boolean isUsable(String value) {
    return !value.isBlank() && value.chars().allMatch(c -> c >= ' ' && c < 0x7f);
  }

  static String require(String value, String what) {
    if (!isUsable(value)) {
      throw new IllegalArgumentException(
          what + " must be visible ASCII characters and spaces, at least one: it goes in a header");
    }
    return value;
  }
}
