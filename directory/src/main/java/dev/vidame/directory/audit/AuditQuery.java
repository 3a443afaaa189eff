package dev.vidame.directory.audit;

import dev.vidame.directory.partners.PartnerId;
import dev.vidame.wire.CustomerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What part of a partner's history is wanted.
 *
 * @param partner whose
 * @param customer only what was about this customer; null for all
 * @param from the first moment that counts
 * @param until the last moment that counts
 */
public record AuditQuery(
    PartnerId partner, @Nullable CustomerId customer, Instant from, Instant until) {

  boolean holds(Instant at) {
    return !at.isBefore(from) && !at.isAfter(until);
  }
}
