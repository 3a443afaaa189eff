package dev.vidame.directory;

import dev.vidame.directory.partners.PartnerId;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Says for which partner something is done. A store with a wall between tenants holds it to what is
 * that partner's, whatever its statements say; others take no notice. Thread-safe.
 */
public final class OnBehalf {
  private static final ScopedValue<UUID> PARTNER = ScopedValue.newInstance();

  private OnBehalf() {}

  /** Does something for a partner: all that it reads and changes on this thread. */
  public static <R> R of(PartnerId partner, Supplier<R> work) {
    return ScopedValue.where(PARTNER, partner.value()).call(work::get);
  }

  /** The id of the partner for whom something is done now; empty for the service itself. */
  public static Optional<UUID> partner() {
    return PARTNER.isBound() ? Optional.of(PARTNER.get()) : Optional.empty();
  }
}
