package dev.vidame.sdk;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one call does differently from the client's habits. Immutable: each {@code with} method
 * answers a changed copy.
 *
 * {@snippet :
 * PartnerResponse<CustomerUser> read = user.getWithResponse(RequestOptions.none());
 * user.patchWithResponse(update, RequestOptions.none().withIfMatch(read.entityTag()));
 * }
 */
public final class RequestOptions {
  private static final RequestOptions NONE = new RequestOptions(null, null, null);

  private final @Nullable UUID requestId;
  private final @Nullable UUID correlationId;
  private final @Nullable EntityTag ifMatch;

  private RequestOptions(
      @Nullable UUID requestId, @Nullable UUID correlationId, @Nullable EntityTag ifMatch) {
    this.requestId = requestId;
    this.correlationId = correlationId;
    this.ifMatch = ifMatch;
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
    return new RequestOptions(id, correlationId, ifMatch);
  }

  /** Sends this {@code MS-CorrelationId} in place of the client's own. */
  public RequestOptions withCorrelationId(UUID id) {
    return new RequestOptions(requestId, id, ifMatch);
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
    return new RequestOptions(requestId, correlationId, tag);
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
