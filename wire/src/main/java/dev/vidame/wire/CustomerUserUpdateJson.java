package dev.vidame.wire;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The JSON of {@link CustomerUserUpdate}. */
final class CustomerUserUpdateJson {
  private CustomerUserUpdateJson() {}

  static byte[] write(CustomerUserUpdate update) {
    return Json.write(out -> {
      field(out, "usageLocation", update.usageLocation());
      Json.text(out, "id", update.id());
      field(out, "userPrincipalName", update.userPrincipalName());
      field(out, "firstName", update.firstName());
      field(out, "lastName", update.lastName());
      field(out, "displayName", update.displayName());
      field(out, "immutableId", update.immutableId());
      field(out, "phoneNumber", update.phoneNumber());
      PasswordProfileJson.write(out, update.passwordProfile());
      if (update.state() != null) {
        out.writeStringProperty("state", update.state().wire());
      }
      Json.attributes(out, CustomerUser.OBJECT_TYPE);
    });
  }

  private static void field(JsonGenerator out, String name, FieldUpdate<String> field) {
    if (field instanceof FieldUpdate.Set<String> set) {
      out.writeStringProperty(name, set.value());
    } else if (field instanceof FieldUpdate.Clear<String>) {
      out.writeStringProperty(name, "");
    }
  }

  static CustomerUserUpdate read(byte[] json) {
    JsonObject in = Json.readObject(json);
    ObjectType.require(in.object("attributes"), CustomerUser.OBJECT_TYPE);
    return new CustomerUserUpdate(
        field(in.text("usageLocation")),
        in.text("id"),
        field(in.text("userPrincipalName")),
        field(in.text("firstName")),
        field(in.text("lastName")),
        field(in.text("displayName")),
        field(in.text("immutableId")),
        field(in.text("phoneNumber")),
        PasswordProfileJson.read(in.object("passwordProfile")),
        state(in.text("state")));
  }

  private static FieldUpdate<String> field(@Nullable String text) {
    if (text == null) {
      return FieldUpdate.keep();
    }
    return text.isEmpty() ? FieldUpdate.clear() : FieldUpdate.set(text);
  }

  private static @Nullable UserState state(@Nullable String text) {
    UserState state = CustomerUserJson.state(text);
    if (state == UserState.UNRECOGNIZED) {
      throw new WireFormatException(
          WireFormatException.Kind.UNKNOWN_ENUM,
          "state",
          "Unable to parse enum: %s",
          String.valueOf(text));
    }
    return state;
  }
}
