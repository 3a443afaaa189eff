package dev.vidame.sdk;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A call that brought no usable answer: the service refused, failed, could not be reached, or
 * answered what cannot be read. It is thrown after the client has done what its {@link RetryPolicy}
 * allows.
 *
 * <p>A subclass exists only where a caller acts differently, not for each status:
 *
 * <ul>
 *   <li>{@link AuthenticationException}: somebody must sign in again; no repetition helps.
 *   <li>{@link VersionMismatchException}: read again, decide again, change again.
 *   <li>{@link OutcomeUnknownException}: a change may have been made; repeat it under its request
 *       id.
 * </ul>
 *
 * <p>Everything else is told by {@link #status()} and {@link #code()}; codes mean something only
 * together with the status, because the API uses some numbers in several classes. The message never
 * holds a token or a password of the request.
 */
public sealed class PartnerException extends RuntimeException
    permits AuthenticationException, OutcomeUnknownException, VersionMismatchException {
  private static final long serialVersionUID = 1L;

  private final Failure failure;

  PartnerException(Failure failure, @Nullable Throwable cause) {
    super(failure.message(), cause);
    this.failure = failure;
  }

  /** The HTTP status, or 0 when there was no answer. */
  public int status() {
    return failure.status();
  }

  /** The API's error code, or 0 when the answer held none. */
  public int code() {
    return failure.code();
  }

  /** What is wrong, for a person. Never empty. */
  public String description() {
    return failure.description();
  }

  /** Details, one text each. */
  public List<String> data() {
    return failure.data();
  }

  /**
   * The {@code MS-RequestId} of the last attempt, to quote to the service's people. Null when no
   * request of the API was sent, as when the token endpoint failed.
   */
  public @Nullable UUID requestId() {
    return failure.requestId();
  }

  /** The {@code MS-CorrelationId} of the call; null as for {@link #requestId()}. */
  public @Nullable UUID correlationId() {
    return failure.correlationId();
  }

  /** How long the service asked to be left alone, or null when it did not ask. */
  public @Nullable Duration retryAfter() {
    return failure.retryAfter();
  }
}
