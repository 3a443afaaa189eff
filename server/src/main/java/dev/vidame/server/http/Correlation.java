package dev.vidame.server.http;

import dev.vidame.wire.Guid;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The two names that a request goes by.
 *
 * @param requestId the caller's name for this request, or a new one where it gave none that is a
 *     GUID
 * @param correlationId the caller's name for what the request is part of, likewise
 */
public record Correlation(UUID requestId, UUID correlationId) {

  static Correlation of(
      Optional<String> requestId, Optional<String> correlationId, Supplier<UUID> fresh) {
    return new Correlation(
        requestId.flatMap(Correlation::guid).orElseGet(fresh),
        correlationId.flatMap(Correlation::guid).orElseGet(fresh));
  }

  private static Optional<UUID> guid(String text) {
    return Guid.parse(text.strip());
  }
}
