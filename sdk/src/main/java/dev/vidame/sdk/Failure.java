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

  /** 409: the request id was used for another change, or the change is still being made. */
  static final int REQUEST_ID_IN_USE = 990_003;

  private static final int NAME_IN_USE = 990_001;
  private static final int DOMAIN_IN_USE = 990_002;
  private static final int STALE_ENTITY_TAG = 2055;

  /** What Entra says, with 400 where Vidame answers 409. */
  private static final String ENTRA_NAME_IN_USE = "Another object with the same value for property";

  Failure {
    data = List.copyOf(data);
  }

  static Failure withoutAnswer(String description) {
    return new Failure(0, 0, description, List.of(), null, null, null);
  }

  Failure of(UUID request, UUID correlation) {
    return new Failure(status, code, description, data, request, correlation, retryAfter);
  }

  /** Whether a name that must be unique belongs to somebody else. */
  boolean isNameTaken() {
    return switch (status) {
      case 409 ->
          code == NAME_IN_USE || code == DOMAIN_IN_USE || description.contains(ENTRA_NAME_IN_USE);
      case 400 -> description.contains(ENTRA_NAME_IN_USE);
      default -> false;
    };
  }

  /** The exception by which a caller acts. */
  PartnerException exception() {
    if (isNameTaken()) {
      return new NameTakenException(this);
    }
    return switch (status) {
      case 401 -> new AuthenticationException(this, null, null);
      case 403 -> new AccessDeniedException(this);
      case 404 -> new NotFoundException(this);
      case 409 -> new ConflictException(this);
      case 412 -> new VersionMismatchException(this, null);
      case 429 -> new ThrottledException(this);
      case 400 ->
          code == STALE_ENTITY_TAG
              ? new VersionMismatchException(this, null)
              : new PartnerException(this, null);
      default -> new PartnerException(this, null);
    };
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
