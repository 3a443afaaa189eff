package dev.vidame.server.http;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Media types, as far as an API that speaks only JSON needs them. */
final class Media {
  private static final Pattern NO_WEIGHT =
      Pattern.compile(";\\s*q\\s*=\\s*0(\\.0*)?\\s*(;|$)", Pattern.CASE_INSENSITIVE);

  private static final Set<String> JSON = Set.of("application/json", "text/json");

  /** What allows each of its names, the most special range first. */
  private static final List<List<String>> RANGES =
      List.of(List.of("application/json", "application/*", "*/*"), List.of("text/json", "text/*"));

  private Media() {}

  /** Whether a body of this content type is JSON; a type that says nothing counts as JSON. */
  static boolean isJson(String contentType) {
    String type = bare(contentType);
    return type.isEmpty() || JSON.contains(type);
  }

  /**
   * Whether an {@code Accept} header lets the answer be JSON. The most special range that names it
   * decides; one with a weight of 0 forbids it. A header that says nothing allows everything.
   */
  static boolean allowsJson(String accept) {
    Map<String, Boolean> allowed = new HashMap<>();
    for (String range : accept.split(",", -1)) {
      if (!range.isBlank()) {
        allowed.merge(bare(range), !hasNoWeight(range), Boolean::logicalOr);
      }
    }
    return allowed.isEmpty() || RANGES.stream().anyMatch(ranges -> allows(ranges, allowed));
  }

  private static boolean allows(List<String> ranges, Map<String, Boolean> allowed) {
    return ranges.stream().filter(allowed::containsKey).findFirst().map(allowed::get).orElse(false);
  }

  private static boolean hasNoWeight(String range) {
    return NO_WEIGHT.matcher(range).find();
  }

  private static String bare(String type) {
    int semicolon = type.indexOf(';');
    return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }
}
