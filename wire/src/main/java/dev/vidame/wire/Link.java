package dev.vidame.wire;

import java.util.List;

/**
 * Where a resource is found.
 *
 * @param uri a path below the API's version, such as {@code /customers/…}; never a host
 * @param method the HTTP method
 * @param headers the headers that the request needs, often none
 */
public record Link(String uri, String method, List<Header> headers) {

  /**
   * A header that a request along the link must carry.
   *
   * @param key the header's name
   * @param value the header's value
   */
  public record Header(String key, String value) {}

  /** Copies the headers. */
  public Link {
    headers = List.copyOf(headers);
  }

  /** A link that is fetched with GET and needs no header. */
  public static Link get(String uri) {
    return new Link(uri, "GET", List.of());
  }
}
