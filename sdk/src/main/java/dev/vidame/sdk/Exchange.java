package dev.vidame.sdk;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of one call, as it went over the wire, without its secrets: the values of {@code
 * Authorization} and of cookies, and every JSON member named {@code password}, read {@code ***}.
 * Immutable.
 *
 * @param request what was sent
 * @param response what came back, or null when no complete answer came
 * @param failure why there is no answer, or null when there is one
 * @param duration from the start of the attempt to its end
 * @param attempt 1 for the first attempt of the call
 */
public record Exchange(
    Request request,
    @Nullable Response response,
    @Nullable String failure,
    Duration duration,
    int attempt) {

  /**
   * What was sent.
   *
   * @param method the HTTP method
   * @param uri the full address
   * @param headers names as they were sent, in alphabetical order ignoring case
   * @param body the text of the body, or null when there was none
   */
  public record Request(
      String method, URI uri, Map<String, List<String>> headers, @Nullable String body) {}

  /**
   * What came back.
   *
   * @param status the HTTP status
   * @param headers names as they came, in alphabetical order ignoring case
   * @param body the text of the body, empty when there was none
   */
  public record Response(int status, Map<String, List<String>> headers, String body) {}
}
