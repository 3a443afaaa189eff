package dev.vidame.sdk;

/**
 * Identifies a product: a GUID in the first licence group, a text such as {@code CFQ7TTC0K5DR/0002}
 * in the second. Vidame also takes a part number, such as {@code EMS}, where it assigns licences.
 *
 * @param value the id as it is sent
 */
public record SkuId(String value) {
  /**
   * Checks that there is an id.
   *
   * @throws IllegalArgumentException when it is blank
   */
  public SkuId {
    if (value.isBlank()) {
      throw new IllegalArgumentException("A SKU id must not be blank");
    }
  }

  /** The wire form. */
  @Override
  public String toString() {
    return value;
  }
}
