package dev.vidame.sdk;

import dev.vidame.wire.JsonBody;
import dev.vidame.wire.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a page as services answer it. */
final class PageReader {
  private PageReader() {}

  /**
   * What stands in a page.
   *
   * @param items the items
   * @param token what asks for the next page, wherever it stood
   * @param next the link to the next page
   */
  record Read<T>(List<T> items, @Nullable String token, @Nullable Link next) {}

  static <T> Read<T> read(byte[] json, Function<JsonBody, T> reader) {
    JsonBody body = JsonBody.parse(json);
    List<T> items = new ArrayList<>();
    body.objects("items").forEach(item -> items.add(reader.apply(item)));
    JsonBody next = body.object("links").object("next");
    Link link =
        next.scalar("uri").filter(uri -> !uri.isBlank()).map(uri -> link(uri, next)).orElse(null);
    String token =
        body.scalar("continuationToken")
            .filter(text -> !text.isBlank())
            .orElseGet(() -> link == null ? null : tokenOf(link));
    return new Read<>(List.copyOf(items), token, link);
  }

  private static Link link(String uri, JsonBody next) {
    List<Link.Header> headers =
        next.objects("headers").stream()
            .map(header ->
                new Link.Header(header.scalar("key").orElse(""), header.scalar("value").orElse("")))
            .toList();
    return new Link(uri, "GET", headers);
  }

  private static @Nullable String tokenOf(Link link) {
    return link.headers().stream()
        .filter(header -> header.key().equalsIgnoreCase(NextPage.TOKEN_HEADER))
        .map(Link.Header::value)
        .findFirst()
        .orElse(null);
  }
}
