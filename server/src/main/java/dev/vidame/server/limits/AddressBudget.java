package dev.vidame.server.limits;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;

/** What is left to an address of what may fail there within a minute. Thread-safe. */
final class AddressBudget {
  /** Those of a network's customer share the first half of an address (IPv6). */
  private static final int NETWORK_BYTES = 8;

  private final Budget budget;

  /** A budget that is whole; moments are nanoseconds of the epoch. */
  AddressBudget(long now) {
    budget = new Budget(now);
  }

  /**
   * Looks whether anything is left.
   *
   * @param isSpent whether it is taken out, where it is
   * @return 0, or how long to wait
   */
  synchronized long spend(long now, Pace pace, boolean isSpent) {
    long wait = budget.waitFrom(now, pace);
    if (wait == 0 && isSpent) {
      budget.spend(now, pace);
    }
    return wait;
  }

  /** Puts back what was taken for something that did not fail. */
  synchronized void refund(long now, Pace pace) {
    budget.giveBack(now, pace);
  }

  /** What addresses of the same network's customer have in common. */
  static byte[] network(InetAddress address) {
    byte[] bytes = address.getAddress();
    return address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes;
  }
}
