package dev.vidame.wire;

import java.util.UUID;

/**
 * Identifies a user account of a customer. On the wire a lower-case GUID with hyphens.
 *
 * @param value the GUID
 */
public record UserId(UUID value) {

  /**
   * Reads a GUID of 36 characters in any case.
   *
   * @throws IllegalArgumentException when the text is not such a GUID
   */
  public static UserId of(String text) {
    return new UserId(Guid.require(text));
  }

  /** The wire form. */
  @Override
  public String toString() {
    return value.toString();
  }
}
