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
 *   <li>{@link AccessDeniedException}: somebody must be given a right, or another credential used.
 *   <li>{@link NotFoundException}: there is no such thing; often no failure at all to the caller.
 *   <li>{@link NameTakenException}, a {@link ConflictException}: choose another name.
 *   <li>{@link ThrottledException}: come back later, and more slowly.
 *   <li>{@link VersionMismatchException}: read again, decide again, change again.
 *   <li>{@link OutcomeUnknownException}: a change may have been made; repeat it under its request
 *       id.
 * </ul>
 *
 * {@snippet :
 * try {
 *   user.patch(update);
 * } catch (NameTakenException e) {
 *   return "Choose another name";
 * } catch (NotFoundException e) {
 *   return "The account is gone";
 * } catch (OutcomeUnknownException e) {
 *   // The same request id makes the change once, whatever became of the first request.
 *   user.patchWithResponse(update, RequestOptions.none().withRequestId(e.requestId()));
 * }
 * }
 *
 * <p>Everything else is told by {@link #status()} and {@link #code()}; codes mean something only
 * together with the status, because the API uses some numbers in several classes. Among them: 400
 * with 3000 is an invalid property, which {@link #data()} names; 400 with 60012 is that no unit of
 * a licence is left. The message never holds a token or a password of the request.
 */
public sealed class PartnerException extends RuntimeException
    permits AccessDeniedException,
        AuthenticationException,
        ConflictException,
        NotFoundException,
        OutcomeUnknownException,
        ThrottledException,
        VersionMismatchException {
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
