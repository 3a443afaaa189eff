package dev.vidame.testkit;

import dev.vidame.server.http.Answer;
import dev.vidame.server.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Keeps the last exchanges, without their secrets. Thread-safe. */
final class Recorder {
  /** Beyond this the older ones are forgotten. */
  static final int MOST = 200;

  private static final int LONGEST_BODY = 4_096;

  private static final String AUTHORIZATION = "Authorization";

  private static final List<String> SHOWN =
      List.of(
          AUTHORIZATION,
          "Accept",
          "Content-Type",
          "If-Match",
          "MS-RequestId",
          "MS-CorrelationId",
          "MS-ContinuationToken",
          "MS-Contract-Version",
          "MS-PartnerCenter-Client",
          "MS-PartnerCenter-Application",
          "X-Locale",
          "Accept-Language",
          "User-Agent");

  /** Bodies in which secrets have no name that could be looked for. */
  private static final Set<String> READABLE =
      Set.of("application/json", "text/json", "application/x-www-form-urlencoded", "text/plain");

  private final Deque<Exchange> exchanges = new ArrayDeque<>();

  /** Lets somebody answer, and keeps what was asked and answered. */
  Answer recorded(KeptRequest request, Function<KeptRequest, Faults.Outcome> answering) {
    Faults.Outcome outcome = answering.apply(request);
    add(exchange(request, outcome));
    return outcome.answerOrCut();
  }

  private synchronized void add(Exchange exchange) {
    if (exchanges.size() == MOST) {
      exchanges.removeFirst();
    }
    exchanges.add(exchange);
  }

  /** The last exchanges, oldest first. */
  synchronized List<Exchange> exchanges() {
    return List.copyOf(exchanges);
  }

  synchronized void forget() {
    exchanges.clear();
  }

  private static Exchange exchange(KeptRequest request, Faults.Outcome outcome) {
    String query = request.rawQuery();
    String target = request.rawPath() + (query.isEmpty() ? "" : "?" + query);
    String sent =
        request
            .readBody()
            .map(body -> body(request.header("Content-Type").orElse(""), body))
            .orElse("");
    Answer answer = outcome.isCut() ? Answer.empty() : outcome.answer();
    return new Exchange(
        request.method(),
        Secrets.without(target),
        headers(request),
        sent,
        outcome.isCut() ? 0 : answer.status(),
        headers(answer),
        body(contentType(answer), answer.body()),
        outcome.faults());
  }

  private static Map<String, String> headers(Request request) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String name : SHOWN) {
      List<String> values = request.headers(name);
      if (!values.isEmpty()) {
        String value = String.join(", ", values);
        headers.put(
            name,
            name.equals(AUTHORIZATION) ? Secrets.withoutCredential(value) : Secrets.without(value));
      }
    }
    return headers;
  }

  private static Map<String, String> headers(Answer answer) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Answer.Header header : answer.headers()) {
      String value =
          header.name().equalsIgnoreCase("Set-Cookie") ? "***" : Secrets.without(header.value());
      headers.merge(header.name(), value, (one, other) -> one + ", " + other);
    }
    return headers;
  }

  private static String contentType(Answer answer) {
    return answer.headers().stream()
        .filter(header -> header.name().equalsIgnoreCase("Content-Type"))
        .map(Answer.Header::value)
        .findFirst()
        .orElse("");
  }

  private static String body(String contentType, byte[] body) {
    String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (body.length == 0) {
      return "";
    }
    if (!type.isEmpty() && !READABLE.contains(type)) {
      return "(" + body.length + " bytes of " + type + ")";
    }
    String text = Secrets.without(new String(body, StandardCharsets.UTF_8));
    return text.length() <= LONGEST_BODY
        ? text
        : text.substring(0, LONGEST_BODY) + "… (" + body.length + " bytes)";
  }
}
