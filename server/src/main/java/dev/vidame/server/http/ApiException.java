package dev.vidame.server.http;

import dev.vidame.wire.ErrorBody;
import java.util.List;

/** A refusal, ready to be sent. Refusals are ordinary, so there is no stack trace. */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient ErrorBody body;
  private final transient List<Answer.Header> headers;

  ApiException(int status, ErrorBody body) {
    this(status, body, List.of());
  }

  ApiException(int status, ErrorBody body, List<Answer.Header> headers) {
    super(status + " " + body.code() + " " + body.description(), null, false, false);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }

  int status() {
    return status;
  }

  /** The refusal as an answer. */
  Answer answer() {
    return new Answer(status, headers, body.toJson());
  }
}
