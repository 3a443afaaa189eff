package dev.vidame.server.http;

import java.util.List;

/**
 * What goes back to the caller, beside the headers that every answer has. An answer that is not
 * JSON names its content type, and one that may be kept says so in {@code Cache-Control}.
 *
 * @param status the HTTP status
 * @param headers further headers, in order; a name may stand more than once
 * @param body JSON in UTF-8, unless the headers say otherwise; empty for no body
 */
@SuppressWarnings("ArrayRecordComponent") // written once to the socket, never compared
public record Answer(int status, List<Header> headers, byte[] body) {
  private static final Header REPLAYED = new Header("MS-Replayed", "true");

  /**
   * A header.
   *
   * @param name the name
   * @param value the value
   */
  public record Header(String name, String value) {}

  /** Copies the headers. */
  public Answer {
    headers = List.copyOf(headers);
  }

  boolean hasHeader(String name) {
    return headers.stream().anyMatch(header -> header.name().equalsIgnoreCase(name));
  }

  /** The header that marks the answer to an earlier request, where it is one. */
  public static Header[] replayed(boolean isReplay) {
    return isReplay ? new Header[] {REPLAYED} : new Header[0];
  }

  /** An answer without a body. */
  public static Answer empty(Header... headers) {
    return new Answer(204, List.of(headers), new byte[0]);
  }

  /** A JSON answer. */
  public static Answer json(int status, byte[] body, Header... headers) {
    return new Answer(status, List.of(headers), body);
  }
}
