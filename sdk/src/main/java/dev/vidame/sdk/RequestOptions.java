package dev.vidame.sdk;

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one call does differently from the client's habits. Immutable: each {@code with} method
 * answers a changed copy.
 *
 * {@snippet :
 * RequestOptions options = RequestOptions.none().withTimeout(Duration.ofSeconds(10));
 * PartnerResponse<CustomerUser> read = user.getWithResponse(options);
 * }
 */
public final class RequestOptions {
  private static final RequestOptions NONE = new RequestOptions(null, null, null, null);

  private final @Nullable UUID requestId;
  private final @Nullable UUID correlationId;
  private final @Nullable EntityTag ifMatch;
  private final @Nullable Duration timeout;

  private RequestOptions(
      @Nullable UUID requestId,
      @Nullable UUID correlationId,
      @Nullable EntityTag ifMatch,
      @Nullable Duration timeout) {
    this.requestId = requestId;
    this.correlationId = correlationId;
    this.ifMatch = ifMatch;
    this.timeout = timeout;
  }

  /** The client's habits. */
  public static RequestOptions none() {
    return NONE;
  }

  /**
   * Sends this {@code MS-RequestId} on every attempt. The service does a change once per request
   * id, so a change whose outcome is unknown can be sent again with the id of the first time; see
   * {@link OutcomeUnknownException}. Never use one id for two different changes.
   */
  public RequestOptions withRequestId(UUID id) {
    return new RequestOptions(id, correlationId, ifMatch, timeout);
  }

  /** Sends this {@code MS-CorrelationId} in place of the client's own. */
  public RequestOptions withCorrelationId(UUID id) {
    return new RequestOptions(requestId, id, ifMatch, timeout);
  }

  /**
   * Makes a change only when the resource still has this version, else {@link
   * VersionMismatchException}. Reading ignores it.
   *
   * @param tag the version, as an earlier answer told it
   * @throws NullPointerException when there is no tag, so that a service that tells no versions
   *     does not quietly turn a guarded change into an unguarded one
   */
  public RequestOptions withIfMatch(EntityTag tag) {
    Objects.requireNonNull(tag, "The service told no version");
    return new RequestOptions(requestId, correlationId, tag, timeout);
  }

  /**
   * Limits the whole call, its attempts and the waits between them; of a list, each page. Fetching
   * a token before an attempt has a limit of its own, the credential's. A wait that would outlast
   * the limit is not begun: the call fails at once with what the last attempt brought.
   *
   * @throws IllegalArgumentException when the time is not positive
   */
  public RequestOptions withTimeout(Duration time) {
    return new RequestOptions(
        requestId, correlationId, ifMatch, PartnerClient.Builder.requirePositive(time));
  }

  @Nullable Duration timeout() {
    return timeout;
  }

  @Nullable UUID requestId() {
    return requestId;
  }

  @Nullable UUID correlationId() {
    return correlationId;
  }

  @Nullable EntityTag ifMatch() {
    return ifMatch;
  }
}
