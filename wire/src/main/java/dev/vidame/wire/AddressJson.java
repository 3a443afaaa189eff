package dev.vidame.wire;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The JSON of {@link Address}. */
final class AddressJson {
  private AddressJson() {}

  static void write(JsonGenerator out, String name, @Nullable Address address) {
    if (address == null) {
      return;
    }
    out.writeObjectPropertyStart(name);
    Json.text(out, "country", address.country());
    Json.text(out, "region", address.region());
    Json.text(out, "city", address.city());
    Json.text(out, "state", address.state());
    Json.text(out, "addressLine1", address.addressLine1());
    Json.text(out, "addressLine2", address.addressLine2());
    Json.text(out, "postalCode", address.postalCode());
    Json.text(out, "firstName", address.firstName());
    Json.text(out, "middleName", address.middleName());
    Json.text(out, "lastName", address.lastName());
    Json.text(out, "phoneNumber", address.phoneNumber());
    out.writeEndObject();
  }

  static @Nullable Address read(@Nullable JsonObject in) {
    return in == null
        ? null
        : new Address(
            in.text("country"),
            in.text("region"),
            in.text("city"),
            in.text("state"),
            in.text("addressLine1"),
            in.text("addressLine2"),
            in.text("postalCode"),
            in.text("firstName"),
            in.text("middleName"),
            in.text("lastName"),
            in.text("phoneNumber"));
  }
}
