package dev.vidame.sdk;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** Builds addresses below a base that a caller gave. */
final class BaseUri {
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  private BaseUri() {}

  /**
   * Checks a base and cuts its final slashes.
   *
   * @throws IllegalArgumentException when nothing can be appended to it, or when it would send
   *     secrets over a network in clear text
   */
  static URI require(URI base, String what, boolean isPlainHttpAllowed) {
    String scheme = base.getScheme() == null ? "" : base.getScheme().toLowerCase(Locale.ROOT);
    String host = base.getHost();
    if (host == null || !Set.of("http", "https").contains(scheme)) {
      throw new IllegalArgumentException(
          what + " must be an http or https address with a host, not " + base.getScheme() + ":…");
    }
    if (base.getRawQuery() != null
        || base.getRawFragment() != null
        || base.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          what + " must have no query, no fragment and no user: " + scheme + "://" + host);
    }
    if (scheme.equals("http") && !isPlainHttpAllowed && !isLoopback(host)) {
      throw new IllegalArgumentException(
          what
              + " would send tokens to "
              + host
              + " in clear text; use https, or allow plain http in the builder");
    }
    String text = base.toString();
    return URI.create(text.substring(0, text.length() - trailingSlashes(text)));
  }

  /** Cuts the API's version, which some configurations name and some do not. */
  static URI withoutVersion(URI base) {
    String text = base.toString();
    return text.toLowerCase(Locale.ROOT).endsWith("/v1")
        ? URI.create(text.substring(0, text.length() - "/v1".length()))
        : base;
  }

  private static int trailingSlashes(String text) {
    int count = 0;
    while (text.charAt(text.length() - 1 - count) == '/') {
      count++;
    }
    return count;
  }

  private static boolean isLoopback(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.equals("[::1]")
        || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }

  /** Percent-encodes whatever has a meaning in an address. */
  static String segment(String text) {
    StringBuilder out = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (UNRESERVED.indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append('%')
            .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
            .append(Character.toUpperCase(Character.forDigit(c & 0xf, 16)));
      }
    }
    return out.toString();
  }
}
