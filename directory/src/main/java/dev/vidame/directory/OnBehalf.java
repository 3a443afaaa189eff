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
  private static final ScopedValue<Optional<UUID>> PARTNER = ScopedValue.newInstance();

  private OnBehalf() {}

  /** Does something for a partner: all that it reads and changes on this thread. */
  public static <R> R of(PartnerId partner, Supplier<R> work) {
    return ScopedValue.where(PARTNER, Optional.of(partner.value())).call(work::get);
  }

  /**
   * Does something for nobody, where it takes a look at what is others': whether a name that is
   * unique among all is free. Its statements must say whose all else is.
   */
  public static <R> R ofNobody(Supplier<R> work) {
    return ScopedValue.where(PARTNER, Optional.empty()).call(work::get);
  }

  /** The id of the partner for whom something is done now; empty for the service itself. */
  public static Optional<UUID> partner() {
    return PARTNER.orElse(Optional.empty());
  }
}
