package dev.vidame.directory.operators;

import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes ids. */
final class NewIds {
  private NewIds() {}

  /** A GUID of version 4. */
  static UUID from(RandomGenerator random) {
    long version4 = (random.nextLong() & ~0xF000L) | 0x4000L;
    long variant2 = (random.nextLong() >>> 2) | 0x8000000000000000L;
    return new UUID(version4, variant2);
  }
}
