package dev.vidame.wire;

import java.util.ArrayList;
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
    List<Link.Header> headers = new ArrayList<>();
    for (Object item : in.items("headers")) {
      if (item instanceof JsonObject header) {
        String key = header.text("key");
        String value = header.text("value");
        if (key != null && value != null) {
          headers.add(new Link.Header(key, value));
        }
      }
    }
    return new Link(uri, method == null ? "GET" : method, headers);
  }
}
