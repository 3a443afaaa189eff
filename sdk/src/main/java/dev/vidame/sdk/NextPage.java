package dev.vidame.sdk;

import dev.vidame.wire.Link;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a page is found. Immutable.
 *
 * @param path the path below the API's version, with its query
 * @param headers further headers, names and values in turn
 */
record NextPage(String path, List<String> headers) {
  /*
   * A link comes from the service, and the token goes where it leads. So only what lies below the
   * API's own address is followed, and of the link's headers only the API's own are sent. Services
   * write links in many ways: with and without the version, with and without a slash before it, and
   * with the whole address; all of these lead to the same path here.
   */
  static final String TOKEN_HEADER = "MS-ContinuationToken";

  private static final String VERSION = "/v1";
  private static final Set<String> OURS = Set.of("ms-requestid", "ms-correlationid");

  NextPage {
    headers = List.copyOf(headers);
  }

  /** The first page of a list. */
  static NextPage first(String path) {
    return new NextPage(path, List.of());
  }

  /** The page behind the one that a token came with; the token carries size, filter and order. */
  static NextPage behind(String listPath, String token) {
    String path = listPath + (listPath.indexOf('?') < 0 ? "?" : "&") + "seekOperation=Next";
    return new NextPage(path, List.of(TOKEN_HEADER, token));
  }

  /**
   * The page that a link leads to.
   *
   * @return null when the link leads away from the API
   */
  static @Nullable NextPage along(Link link, URI base) {
    String path = pathBelow(encoded(link.uri().strip()), base);
    if (path == null) {
      return null;
    }
    List<String> headers = new ArrayList<>();
    for (Link.Header header : link.headers()) {
      String name = header.key().toLowerCase(Locale.ROOT);
      if (name.startsWith("ms-")
          && !OURS.contains(name)
          && isToken(name)
          && HeaderValues.isUsable(header.value())) {
        headers.add(header.key());
        headers.add(header.value());
      }
    }
    return new NextPage(path, headers);
  }

  private static boolean isToken(String name) {
    return name.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'));
  }

  private static @Nullable String pathBelow(String uri, URI base) {
    String path = uri;
    if (uri.startsWith("//") || uri.matches("(?i)[a-z][a-z0-9+.-]*:.*")) {
      String root = base.toString().toLowerCase(Locale.ROOT) + "/";
      if (!uri.toLowerCase(Locale.ROOT).startsWith(root)) {
        return null;
      }
      path = uri.substring(root.length() - 1);
    }
    if (!path.startsWith("/")) {
      path = "/" + path;
    }
    if (path.regionMatches(true, 0, VERSION + "/", 0, VERSION.length() + 1)) {
      path = path.substring(VERSION.length());
    }
    return leavesTheApi(path) ? null : path;
  }

  private static boolean leavesTheApi(String path) {
    int query = path.indexOf('?');
    String segments = (query < 0 ? path : path.substring(0, query)).replace("%2e", ".");
    return segments.contains("/..") || segments.contains("%2E") || path.indexOf('#') >= 0;
  }

  /** Encodes what may not stand in an address, such as the quotes and braces of a filter. */
  private static String encoded(String uri) {
    StringBuilder out = new StringBuilder(uri.length());
    uri.codePoints()
        .forEach(c -> {
          boolean mayStand = c > ' ' && c < 0x7f && "\"<>\\^`{|}".indexOf(c) < 0;
          out.append(mayStand ? Character.toString(c) : BaseUri.segment(Character.toString(c)));
        });
    return out.toString();
  }
}
