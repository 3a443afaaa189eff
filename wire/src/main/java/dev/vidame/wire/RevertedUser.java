package dev.vidame.wire;

import dev.vidame.wire.Change.Field;
import java.util.List;

/**
 * An account that was brought back as it was, or that a preview shows so. Immutable. Its password
 * is always the one that it has: the journal holds none.
 *
 * @param user the account
 * @param toSeq the place in the customer's journal that it was brought back to
 * @param changes what that changed, in order; {@code role:} and {@code license:} begin what the
 *     account holds; none where it was so already
 * @param isPreview whether nothing was changed
 */
public record RevertedUser(CustomerUser user, long toSeq, List<Field> changes, boolean isPreview) {
  /** Copies the changes. */
  public RevertedUser {
    changes = List.copyOf(changes);
  }

  /**
   * Reads one.
   *
   * @throws WireFormatException when the bytes are anything else
   */
  public static RevertedUser fromJson(byte[] json) {
    JsonObject object = Json.readObject(json);
    JsonObject user = Change.required("user", object.object("user"));
    String seq = Change.required("toSeq", object.scalar("toSeq"));
    if (!seq.matches("\\d{1,18}")) {
      throw Change.unlike("toSeq", "a whole number");
    }
    return new RevertedUser(
        CustomerUserJson.read(user),
        Long.parseLong(seq),
        Change.fields(object),
        Boolean.TRUE.equals(object.bool("isPreview")));
  }

  /** The JSON in UTF-8. */
  public byte[] toJson() {
    return Json.write(out -> {
      out.writeObjectPropertyStart("user");
      CustomerUserJson.members(out, user);
      out.writeEndObject();
      out.writeNumberProperty("toSeq", toSeq);
      Change.writeFields(out, changes);
      out.writeBooleanProperty("isPreview", isPreview);
      out.writeBooleanProperty("isPasswordKept", true);
      Json.attributes(out, "RevertedUser");
    });
  }
}
