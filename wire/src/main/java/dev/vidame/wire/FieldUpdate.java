package dev.vidame.wire;

/**
 * What a partial update does with one property: leave it, empty it, or give it a value.
 *
 * <p>On the wire a kept property is absent (or {@code null}), a cleared one is the empty text.
 * Instances are immutable.
 *
 * @param <T> the property's type
 */
public sealed interface FieldUpdate<T> {

  /** Leaves the property as it is. */
  record Keep<T>() implements FieldUpdate<T> {}

  /** Empties the property. */
  record Clear<T>() implements FieldUpdate<T> {}

  /**
   * Gives the property a value.
   *
   * @param value the value, never empty text
   */
  record Set<T>(T value) implements FieldUpdate<T> {}

  /** Leaves the property as it is. */
  static <T> FieldUpdate<T> keep() {
    return new Keep<>();
  }

  /** Empties the property. */
  static <T> FieldUpdate<T> clear() {
    return new Clear<>();
  }

  /** Gives the property a value. */
  static <T> FieldUpdate<T> set(T value) {
    return new Set<>(value);
  }
}
