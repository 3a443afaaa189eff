package dev.vidame.sdk;

/**
 * The version of a resource as the service names it: what an {@code ETag} header brought and an
 * {@code If-Match} header sends back. Opaque; the quotes belong to it. Immutable.
 *
 * @param value the header's value
 */
public record EntityTag(String value) {

  /**
   * Checks that the tag can stand in a header.
   *
   * @throws IllegalArgumentException when it is empty or holds anything but visible ASCII
   *     characters and spaces
   */
  public EntityTag {
    HeaderValues.require(value, "An entity tag");
  }

  /** The header's value. */
  @Override
  public String toString() {
    return value;
  }
}
