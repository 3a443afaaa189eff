package dev.vidame.testkit;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * The requests of one route, spelled in any of the ways that the API takes (wire-spec §0.2): any
 * case, doubled and final slashes.
 *
 * @param method in any case; an asterisk for all
 * @param segments of the path; one in braces stands for any
 * @param isOpenEnded whether further segments may follow
 */
record RoutePattern(String method, List<String> segments, boolean isOpenEnded)
    implements Predicate<Incoming> {
  private static final String REST = "**";

  static RoutePattern of(String method, String path) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("A path begins with a slash: " + path);
    }
    List<String> segments = segments(path);
    boolean isOpenEnded = !segments.isEmpty() && segments.getLast().equals(REST);
    return new RoutePattern(
        method, isOpenEnded ? segments.subList(0, segments.size() - 1) : segments, isOpenEnded);
  }

  private static List<String> segments(String path) {
    return Arrays.stream(path.split("/", -1)).filter(segment -> !segment.isBlank()).toList();
  }

  @Override
  public boolean test(Incoming request) {
    if (!method.equals("*") && !method.equalsIgnoreCase(request.method())) {
      return false;
    }
    List<String> sent = segments(request.path());
    if (isOpenEnded ? sent.size() < segments.size() : sent.size() != segments.size()) {
      return false;
    }
    for (int i = 0; i < segments.size(); i++) {
      if (!matches(segments.get(i), sent.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean matches(String pattern, String segment) {
    return (pattern.startsWith("{") && pattern.endsWith("}"))
        || pattern.equalsIgnoreCase(decoded(segment).strip());
  }

  private static String decoded(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return segment; // the server refuses it
    }
  }
}
