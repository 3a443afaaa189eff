package dev.vidame.sdk;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A change was sent and nobody knows whether it was made: the connection was lost, time ran out, or
 * something on the way failed. The caller may read the resource, or send the same change again
 * under the same request id, which makes it once at most:
 *
 * {@snippet :
 * try {
 *   user.patch(update);
 * } catch (OutcomeUnknownException e) {
 *   user.patchWithResponse(update, RequestOptions.none().withRequestId(e.requestId()));
 * }
 * }
 */
public final class OutcomeUnknownException extends PartnerException {
  private static final long serialVersionUID = 1L;

  OutcomeUnknownException(Failure failure, @Nullable Throwable cause) {
    super(failure, cause);
  }

  /** The {@code MS-RequestId} under which the change may have been made. */
  @Override
  public UUID requestId() {
    return Objects.requireNonNull(super.requestId());
  }
}
