package dev.vidame.wire;

import org.jspecify.annotations.Nullable;

/** Checks what a body says that it is. */
final class ObjectType {
  private ObjectType() {}

  /** Refuses a body that says that it is something else; one that says nothing passes. */
  static void require(@Nullable JsonObject attributes, String expected) {
    String type = attributes == null ? null : attributes.text("objectType");
    if (type != null && !type.equalsIgnoreCase(expected)) {
      throw new WireFormatException(
          WireFormatException.Kind.INVALID_PROPERTY,
          "attributes.objectType",
          "The value must be %s.",
          expected);
    }
  }
}
