package dev.vidame.server.limits;

/**
 * So many requests a minute. A minute's worth may come at once; then they come back one by one, at
 * equal distances.
 *
 * @param perMinute how many, at least 1
 */
record Pace(int perMinute) {
  private static final long NANOS_PER_MINUTE = 60_000_000_000L;

  Pace {
    if (perMinute < 1) {
      throw new IllegalArgumentException("A pace of " + perMinute + " a minute allows nothing");
    }
  }

  /** After how many nanoseconds one request comes back; rounded so that it is never too soon. */
  long interval() {
    return Math.ceilDiv(NANOS_PER_MINUTE, (long) perMinute);
  }

  /** After how many nanoseconds without requests all of them are back. */
  long whole() {
    return perMinute * interval();
  }
}
