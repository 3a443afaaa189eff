package dev.vidame.server.http;

import java.util.Locale;
import java.util.Set;

/** Media types, as far as an API that speaks only JSON needs them. */
final class Media {
  private static final Set<String> JSON = Set.of("application/json", "text/json");
  private static final Set<String> RANGES = Set.of("*/*", "application/*", "text/*");

  private Media() {}

  /** Whether a body of this content type is JSON; a type that says nothing counts as JSON. */
  static boolean isJson(String contentType) {
    String type = bare(contentType);
    return type.isEmpty() || JSON.contains(type);
  }

  /** Whether an {@code Accept} header lets the answer be JSON. */
  static boolean allowsJson(String accept) {
    for (String range : accept.split(",", -1)) {
      String type = bare(range);
      if (type.isEmpty() || JSON.contains(type) || RANGES.contains(type)) {
        return true;
      }
    }
    return false;
  }

  private static String bare(String type) {
    int semicolon = type.indexOf(';');
    return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }
}
