package dev.vidame.sdk;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link PartnerException} knows; in one place, so that its subclasses need not repeat it.
 */
record Failure(
    int status,
    int code,
    String description,
    List<String> data,
    @Nullable UUID requestId,
    @Nullable UUID correlationId,
    @Nullable Duration retryAfter)
    implements Serializable {

  Failure {
    data = List.copyOf(data);
  }

  static Failure withoutAnswer(String description) {
    return new Failure(0, 0, description, List.of(), null, null, null);
  }

  Failure of(UUID request, UUID correlation) {
    return new Failure(status, code, description, data, request, correlation, retryAfter);
  }

  String message() {
    StringBuilder text = new StringBuilder();
    if (status != 0) {
      text.append("HTTP ").append(status);
      if (code != 0) {
        text.append(", code ").append(code);
      }
      text.append(": ");
    }
    text.append(description);
    if (!data.isEmpty()) {
      text.append(' ').append(data);
    }
    if (retryAfter != null) {
      text.append(" (retry after ").append(retryAfter.toSeconds()).append(" s)");
    }
    if (requestId != null) {
      text.append(" [MS-RequestId ").append(requestId);
      text.append(", MS-CorrelationId ").append(correlationId).append(']');
    }
    return text.toString();
  }
}
