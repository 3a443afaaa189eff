package dev.vidame.wire;

import org.jspecify.annotations.Nullable;

/**
 * What a client sends to end its relationship with a customer, which is all that can be changed of
 * one (wire-spec §2.5). Immutable.
 *
 * @param id the customer's id, if the body has it
 */
public record RelationshipUpdate(@Nullable String id) {
  private static final String MEMBER = "relationshipToPartner";

  /**
   * Reads a request.
   *
   * @throws WireFormatException when it cannot be read, or asks for anything but {@code none}
   */
  public static RelationshipUpdate fromJson(byte[] json) {
    JsonObject in = Json.readObject(json);
    ObjectType.require(in.object("attributes"), CustomerResource.OBJECT_TYPE);
    String target = in.text(MEMBER);
    if (target == null || !target.equalsIgnoreCase("none")) {
      throw new WireFormatException(
          WireFormatException.Kind.INVALID_PROPERTY, MEMBER, "The value must be %s.", "none");
    }
    return new RelationshipUpdate(in.text("id"));
  }

  /** What the request is answered with, in UTF-8. */
  public static byte[] answer() {
    return Json.write(out -> {
      out.writeStringProperty(MEMBER, "none");
      Json.attributes(out, CustomerResource.OBJECT_TYPE);
    });
  }
}
