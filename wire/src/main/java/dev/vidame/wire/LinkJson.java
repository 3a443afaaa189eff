package dev.vidame.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@link Link} out of a {@code links} object. */
final class LinkJson {
  private LinkJson() {}

  static @Nullable Link read(@Nullable JsonObject links, String relation) {
    JsonObject in = links == null ? null : links.object(relation);
    String uri = in == null ? null : in.text("uri");
    if (in == null || uri == null) {
      return null;
    }
    String method = in.text("method");
    List<Link.Header> headers =
        in.items("headers").stream()
            .filter(JsonObject.class::isInstance)
            .map(JsonObject.class::cast)
            .filter(header -> header.has("key") && header.has("value"))
            .map(LinkJson::header)
            .toList();
    return new Link(uri, method == null ? "GET" : method, headers);
  }

  private static Link.Header header(JsonObject in) {
    String key = in.text("key");
    String value = in.text("value");
    return new Link.Header(key == null ? "" : key, value == null ? "" : value);
  }
}
