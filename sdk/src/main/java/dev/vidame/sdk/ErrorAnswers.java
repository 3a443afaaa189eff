package dev.vidame.sdk;

import dev.vidame.sdk.Reply.Answer;
import dev.vidame.wire.ErrorBody;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;

/** Reads what stands in an answer that is no success, in whatever form it comes. */
final class ErrorAnswers {
  private static final int MAX_TEXT = 1024;

  private ErrorAnswers() {}

  static Failure read(Answer answer, Clock clock) {
    ErrorBody body = ErrorBody.fromJson(answer.body());
    String description = body == null ? plainText(answer) : body.description();
    return new Failure(
        answer.status(),
        body == null ? 0 : body.code(),
        description.isBlank() ? "The service gave no reason" : description,
        body == null ? List.of() : body.data(),
        null,
        null,
        answer.retryAfter(clock));
  }

  /** The live service and gateways before it also refuse in plain text; a page says nothing. */
  private static String plainText(Answer answer) {
    String text = new String(answer.body(), StandardCharsets.UTF_8).replace("\uFEFF", "").strip();
    if (text.startsWith("<") || text.startsWith("{") || text.startsWith("[")) {
      return "";
    }
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
  }
}
