package dev.vidame.server.registration;

import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.texts.Text;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The addresses to which browsers may be sent with an answer for an application. */
public final class RedirectUris {
  private static final String NAME = "redirectUris";
  private static final int MOST = 20;
  private static final int LONGEST = 512;
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1");

  /**
   * A scheme of an application's own is its domain backwards, and so has a full stop (RFC 8252).
   */
  private static final Pattern OWN_SCHEME = Pattern.compile("[a-z][a-z0-9+-]*(\\.[a-z0-9+-]+)+");

  private RedirectUris() {}

  /** What is wrong with some addresses; empty where all are good. */
  public static Optional<Text> fault(List<String> uris) {
    if (uris.size() > MOST) {
      return Optional.of(Text.of("There may be at most %s addresses.", MOST));
    }
    return uris.stream().allMatch(RedirectUris::isGood)
        ? Optional.empty()
        : Optional.of(
            Text.of(
                "An address must be https, http of localhost or 127.0.0.1, or of a scheme with a full stop in it; without # and at most %s characters long.",
                LONGEST));
  }

  /**
   * The same addresses, each once, found good.
   *
   * @throws dev.vidame.server.http.ApiException when one is not, or there are too many
   */
  public static List<String> checked(List<String> uris) {
    Optional<Text> fault = fault(uris);
    if (fault.isPresent()) {
      throw ApiErrors.invalidProperty(NAME, fault.get());
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
