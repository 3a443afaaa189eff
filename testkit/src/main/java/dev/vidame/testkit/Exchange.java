package dev.vidame.testkit;

import java.util.Map;

/**
 * A request and what became of it, without its secrets: tokens, passwords and the like are replaced
 * before anything is kept. Immutable.
 *
 * @param method the method
 * @param target the path and query as sent
 * @param requestHeaders those that the API knows, by their usual names
 * @param requestBody the body, empty where there was none or nobody read it
 * @param status the answer's status; 0 where the connection was cut before an answer
 * @param answerHeaders those of this answer, beside what every answer has
 * @param answerBody the answer's body
 * @param fault which scripted fault had a hand in it; empty where none had
 */
@SuppressWarnings("TooManyParameters") // both halves of an exchange
public record Exchange(
    String method,
    String target,
    Map<String, String> requestHeaders,
    String requestBody,
    int status,
    Map<String, String> answerHeaders,
    String answerBody,
    String fault) {

  /** As HTTP prints it. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(method).append(' ').append(target).append('\n');
    appendRest(text, requestHeaders, requestBody);
    text.append("--> ").append(status == 0 ? "cut" : Integer.toString(status));
    text.append(fault.isEmpty() ? "" : " (fault: " + fault + ")").append('\n');
    appendRest(text, answerHeaders, answerBody);
    return text.toString();
  }

  private static void appendRest(StringBuilder text, Map<String, String> headers, String body) {
    headers.forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    if (!body.isEmpty()) {
      text.append(body).append('\n');
    }
  }
}
