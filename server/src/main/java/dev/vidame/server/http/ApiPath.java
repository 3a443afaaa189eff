package dev.vidame.server.http;

import dev.vidame.wire.Guid;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A request's path as routes see it: repeated and trailing slashes gone, each segment decoded and
 * trimmed.
 *
 * <p>Clients need each of these: one follows links as {@code /v1//customers/…}, one posts to {@code
 * …/users/}, and a documented example carries a blank behind each id.
 *
 * @param segments the segments, none empty
 * @param hasNothingBehindCustomers whether an empty segment stood where a customer's id belongs
 */
record ApiPath(List<String> segments, boolean hasNothingBehindCustomers) {
  private static final int CUSTOMER = 2;

  ApiPath {
    segments = List.copyOf(segments);
  }

  /**
   * The path of a raw one, such as {@code /v1//customers/%20x}. Proxies may send the whole address;
   * then its path counts.
   */
  static ApiPath of(String rawPath) {
    List<String> segments = new ArrayList<>(8);
    boolean hasNothingBehindCustomers = false;
    int start = endOfAuthority(rawPath);
    while (start <= rawPath.length()) {
      int slash = rawPath.indexOf('/', start);
      int end = slash < 0 ? rawPath.length() : slash;
      String segment = decode(rawPath.substring(start, end)).strip();
      if (!segment.isEmpty()) {
        segments.add(segment);
      } else if (segments.size() == CUSTOMER) {
        hasNothingBehindCustomers = segments.getLast().equalsIgnoreCase("customers");
      }
      start = end + 1;
    }
    return new ApiPath(segments, hasNothingBehindCustomers);
  }

  /**
   * Whether the path goes on behind {@code /v1/customers//} with something else than a customer's
   * id, as when a client has none to put there. Otherwise the second slash is one too many.
   */
  boolean lacksCustomer() {
    return hasNothingBehindCustomers
        && segments.size() > CUSTOMER
        && Guid.parse(segments.get(CUSTOMER)).isEmpty();
  }

  private static int endOfAuthority(String rawPath) {
    int authority = rawPath.indexOf("://");
    if (rawPath.startsWith("/") || authority < 0) {
      return 0;
    }
    int slash = rawPath.indexOf('/', authority + 3);
    return slash < 0 ? rawPath.length() : slash;
  }

  private static String decode(String raw) {
    if (raw.indexOf('%') < 0) {
      return raw;
    }
    try {
      // In a path, a plus sign is itself.
      return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ApiErrors.invalidRequest(
          "The path holds a percent sign that is not followed by two hex digits.");
    }
  }

  /** One spelling for all that route alike: lower case, since names and GUIDs match in any case. */
  String canonical() {
    return String.join("/", segments).toLowerCase(Locale.ROOT);
  }
}
