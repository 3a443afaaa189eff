package dev.vidame.directory;

import java.util.function.Supplier;

/**
 * Marks reads for which a copy of the store that lags a little behind is good enough. A store that
 * has no such copy reads as always. Thread-safe.
 */
public final class MayLag {
  private static final ScopedValue<Boolean> ACCEPTED = ScopedValue.newInstance();

  private MayLag() {}

  /** Runs something whose reads on this thread may lag. What it writes does not. */
  public static <R> R reading(Supplier<R> reads) {
    return ScopedValue.where(ACCEPTED, true).call(reads::get);
  }

  /** Runs something whose reads must not lag, whoever asked for it. */
  public static <R> R excluding(Supplier<R> reads) {
    return ScopedValue.where(ACCEPTED, false).call(reads::get);
  }

  /** Whether the read that is about to be made may lag. */
  public static boolean isAccepted() {
    return ACCEPTED.orElse(false);
  }
}
