package dev.vidame.bulk;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads accounts through a gate until the service says what is so. Thread-safe. */
final class Asking {
  private static final Duration FIRST_WAIT = Duration.ofMillis(200);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final BulkAccounts accounts;
  private final Gate gate;

  Asking(BulkAccounts accounts, Gate gate) {
    this.accounts = accounts;
    this.gate = gate;
  }

  /** What is so, or null where the gate was shut meanwhile. */
  @Nullable Reading read(AccountKey key) {
    for (int tries = 0; ; tries++) {
      long since = gate.enter();
      if (since == Gate.SHUT) {
        return null;
      }
      Reading reading;
      try {
        reading = accounts.read(key);
      } finally {
        gate.leave();
      }
      switch (reading) {
        case Reading.Later later -> later(gate, since, tries, later);
        case Reading.SignedOut out -> gate.stop(StopReason.SIGNED_OUT, out.cause());
        case Reading.Found _, Reading.Absent _, Reading.Refused _ -> {
          gate.answered();
          return reading;
        }
      }
    }
  }

  private static void later(Gate gate, long since, int tries, Reading.Later later) {
    hold(
        gate,
        since,
        tries,
        new Outcome.Later(later.cause(), later.after(), later.isThrottled(), false));
  }

  /** Keeps everybody back as the service asked, or for a moment that grows with the tries. */
  static void hold(Gate gate, long since, int tries, Outcome.Later later) {
    Duration own = FIRST_WAIT.multipliedBy(1L << Math.min(tries, 5));
    Duration wait = own.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : own;
    Duration asked = later.after();
    if (later.isThrottled()) {
      gate.throttled(since, asked == null ? wait : asked);
    } else {
      gate.failed(since, asked == null || asked.compareTo(wait) < 0 ? wait : asked, later.cause());
    }
  }
}
