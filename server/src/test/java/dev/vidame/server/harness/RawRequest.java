package dev.vidame.server.harness;

import dev.vidame.server.http.Answer.Header;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request whose every byte the test chooses. Immutable.
 *
 * @param method as sent
 * @param target what stands between method and version
 * @param headers in order, as sent; {@code Host} and {@code Content-Length} are added where they
 *     are missing
 * @param body as sent
 */
@SuppressWarnings("ArrayRecordComponent") // written once to a socket
public record RawRequest(String method, String target, List<Header> headers, byte[] body) {
  private static final byte[] NONE = {};

  public RawRequest {
    headers = List.copyOf(headers);
  }

  public static RawRequest of(String method, String target) {
    return new RawRequest(method, target, List.of(), NONE);
  }

  public static RawRequest get(String target) {
    return of("GET", target);
  }

  public static RawRequest patch(String target, String body) {
    return of("PATCH", target).body(body);
  }

  /** The same with one more header line, whatever lines of that name there are. */
  public RawRequest header(String name, String value) {
    List<Header> more = new ArrayList<>(headers);
    more.add(new Header(name, value));
    return new RawRequest(method, target, more, body);
  }

  public RawRequest token(String token) {
    return header("Authorization", "Bearer " + token);
  }

  /** The same under this request id. */
  public RawRequest id(Object requestId) {
    return header("MS-RequestId", requestId.toString());
  }

  public RawRequest body(String text) {
    return body(text.getBytes(StandardCharsets.UTF_8));
  }

  public RawRequest body(byte[] bytes) {
    return new RawRequest(method, target, headers, bytes);
  }

  Optional<String> first(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst();
  }

  private boolean has(String name) {
    return first(name).isPresent();
  }

  /** The bytes on the wire. */
  public byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head());
    out.writeBytes(body);
    return out.toByteArray();
  }

  /** The bytes up to and with the empty line. */
  public byte[] head() {
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
    if (!has("Host")) {
      head.append("Host: localhost\r\n");
    }
    headers.forEach(
        header -> head.append(header.name()).append(": ").append(header.value()).append("\r\n"));
    boolean isFramed = has("Content-Length") || has("Transfer-Encoding");
    if (!isFramed && (body.length > 0 || !method.equals("GET"))) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The same with its body in chunks of at most this many bytes. */
  public RawRequest chunked(int chunk) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int start = 0; start < body.length; start += chunk) {
      int length = Math.min(chunk, body.length - start);
      out.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.write(body, start, length);
      out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    out.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    return header("Transfer-Encoding", "chunked").body(out.toByteArray());
  }
}
