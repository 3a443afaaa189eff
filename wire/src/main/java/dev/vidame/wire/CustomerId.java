package dev.vidame.wire;

import java.util.UUID;

/**
 * Identifies a customer, a tenant managed by a partner. On the wire a lower-case GUID with hyphens.
 *
 * @param value the GUID
 */
public record CustomerId(UUID value) {

  /**
   * Reads a GUID of 36 characters in any case.
   *
   * @throws IllegalArgumentException when the text is not such a GUID
   */
  public static CustomerId of(String text) {
    return new CustomerId(Guid.require(text));
  }

  /** The wire form. */
  @Override
  public String toString() {
    return value.toString();
  }
}
