package dev.vidame.server.http;

/**
 * How many connections a server bears at once, whoever makes them (docs/decisions/0053). Immutable.
 *
 * @param connections how many there may be at once; further ones wait to be accepted
 */
public record ConnectionLimit(int connections) {
  /**
   * A connection takes some 21 KB where it is idle, and 31 KB where its change waits; passwords and
   * all else need their part, too.
   */
  private static final long MEMORY_FOR_A_CONNECTION = 96L * 1024;

  /**
   * As much as a memory bears.
   *
   * @param bytes what Java may take
   */
  public static ConnectionLimit of(long bytes) {
    return new ConnectionLimit(Math.clamp(bytes / MEMORY_FOR_A_CONNECTION, 256, 100_000));
  }

  /** The same with so many connections, unless that is 0. */
  public ConnectionLimit withConnections(int most) {
    return most == 0 ? this : new ConnectionLimit(most);
  }
}
