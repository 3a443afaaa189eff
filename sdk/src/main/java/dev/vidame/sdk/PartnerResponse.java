package dev.vidame.sdk;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A resource together with what the answer's headers said. Immutable when the resource is.
 *
 * @param value the resource; null for operations that answer none, such as deletions
 * @param status the HTTP status, from 200 to 299
 * @param requestId the {@code MS-RequestId} that was sent with the attempt that succeeded
 * @param correlationId the {@code MS-CorrelationId} that was sent
 * @param entityTag the resource's version, or null when the service does not tell; Partner Center
 *     does not for user accounts, Vidame does
 * @param replayed whether the service had made the change before, under the same request id, and
 *     answered what it had answered then
 * @param <T> the resource's type
 */
public record PartnerResponse<T extends @Nullable Object>(
    T value,
    int status,
    UUID requestId,
    UUID correlationId,
    @Nullable EntityTag entityTag,
    boolean replayed) {}
