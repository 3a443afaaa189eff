package dev.vidame.server.dashboard;

import dev.vidame.server.http.Answer.Header;
import dev.vidame.server.http.Request;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What browsers keep for the pages. Thread-safe. Over TLS the names have a prefix under which
 * browsers take them only from the host itself, and send them to it alone.
 */
final class Cookies {
  /** Holds the key of a session. */
  static final String SESSION = "vidame-session";

  /** Ties the end of a sign-in to its beginning. */
  static final String SIGN_IN = "vidame-sign-in";

  private static final String ZONE = "vidame-zone";
  private static final Pattern SEPARATOR = Pattern.compile(";");
  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final Pattern ZONE_NAME = Pattern.compile("[A-Za-z0-9_+/-]{1,64}");

  private final Supplier<URI> address;

  /** For a server that callers know under this address. */
  Cookies(Supplier<URI> address) {
    this.address = address;
  }

  private boolean isSecure() {
    return "https".equals(address.get().getScheme());
  }

  private String named(String name) {
    return isSecure() ? "__Host-" + name : name;
  }

  /** A secret of ours that the browser has kept. */
  Optional<String> secret(Request request, String name) {
    return value(request, named(name)).filter(value -> SECRET.matcher(value).matches());
  }

  /** The zone that the reader's clock shows, as the page's script says it. */
  static Optional<String> zone(Request request) {
    return value(request, ZONE).filter(value -> ZONE_NAME.matcher(value).matches());
  }

  private static Optional<String> value(Request request, String name) {
    String start = name + "=";
    return request.headers("Cookie").stream()
        .flatMap(SEPARATOR::splitAsStream)
        .map(String::strip)
        .filter(pair -> pair.startsWith(start))
        .map(pair -> pair.substring(start.length()))
        .findFirst();
  }

  /** Lets the browser keep a secret until it is closed. */
  Header keep(String name, String secret) {
    return header(name, secret, "");
  }

  /** Lets the browser forget it. */
  Header forget(String name) {
    return header(name, "", "; Max-Age=0");
  }

  private Header header(String name, String value, String more) {
    return new Header(
        "Set-Cookie",
        named(name)
            + "="
            + value
            + "; Path=/; HttpOnly; SameSite=Lax"
            + (isSecure() ? "; Secure" : "")
            + more);
  }
}
