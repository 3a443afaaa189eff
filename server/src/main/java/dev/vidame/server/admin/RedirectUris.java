package dev.vidame.server.admin;

import dev.vidame.server.http.ApiErrors;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The addresses to which browsers may be sent with an answer for an application. */
final class RedirectUris {
  private static final String NAME = "redirectUris";
  private static final int MOST = 20;
  private static final int LONGEST = 512;
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1");

  /**
   * A scheme of an application's own is its domain backwards, and so has a full stop (RFC 8252).
   */
  private static final Pattern OWN_SCHEME = Pattern.compile("[a-z][a-z0-9+-]*(\\.[a-z0-9+-]+)+");

  private RedirectUris() {}

  /** The same addresses, each once, found good. */
  static List<String> checked(List<String> uris) {
    if (uris.size() > MOST) {
      throw ApiErrors.invalidProperty(NAME, "There may be at most %s addresses.", MOST);
    }
    for (String uri : uris) {
      if (!isGood(uri)) {
        throw ApiErrors.invalidProperty(
            NAME,
            "An address must be https, http of localhost or 127.0.0.1, or of a scheme with a full stop in it; without # and at most %s characters long.",
            LONGEST);
      }
    }
    return uris.stream().distinct().toList();
  }

  private static boolean isGood(String text) {
    if (text.length() > LONGEST || !text.chars().allMatch(c -> c > ' ' && c <= '~')) {
      return false;
    }
    try {
      URI uri = new URI(text);
      String scheme = uri.getScheme();
      if (scheme == null || uri.getRawFragment() != null || uri.getRawUserInfo() != null) {
        return false;
      }
      return switch (scheme) {
        case "https" -> uri.getHost() != null && !uri.getHost().startsWith("[");
        case "http" ->
            uri.getHost() != null && LOOPBACK.contains(uri.getHost().toLowerCase(Locale.ROOT));
        default -> OWN_SCHEME.matcher(scheme).matches();
      };
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
