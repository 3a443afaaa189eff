package dev.vidame.server.harness;

import dev.vidame.server.http.Answer.Header;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * An answer as it came.
 *
 * @param status the HTTP status
 * @param headers in order
 * @param body empty where there was none
 */
@SuppressWarnings("ArrayRecordComponent") // read once from a socket
public record RawAnswer(int status, List<Header> headers, byte[] body) {
  public RawAnswer {
    headers = List.copyOf(headers);
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Every value of the header, in order. */
  public List<String> all(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .toList();
  }

  /** The first value of the header. */
  public Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }

  /** The value of a header that is there once. */
  public String header(String name) {
    List<String> values = all(name);
    if (values.size() != 1) {
      throw new AssertionError(name + " is there " + values.size() + " times in " + this);
    }
    return values.getFirst();
  }

  /** The body, read as strict JSON. */
  public JsonNode json() {
    return JsonNode.parse(body);
  }

  /** Status and, of an error, its code, such as {@code 400/3000}. */
  public String outcome() {
    return status < 400 ? Integer.toString(status) : status + "/" + json().get("code").value();
  }

  public boolean isReplayed() {
    return first("MS-Replayed").isPresent();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("HTTP/1.1 ").append(status).append('\n');
    headers.forEach(
        header -> text.append(header.name()).append(": ").append(header.value()).append('\n'));
    return text.append('\n').append(text()).toString();
  }
}
