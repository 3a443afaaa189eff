package dev.vidame.wire;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The JSON of {@link CustomerUser}. */
final class CustomerUserJson {
  private CustomerUserJson() {}

  static byte[] write(CustomerUser user) {
    return Json.write(out -> members(out, user));
  }

  static void members(JsonGenerator out, CustomerUser user) {
    Json.text(out, "usageLocation", user.usageLocation());
    if (user.id() != null) {
      out.writeStringProperty("id", user.id().toString());
    }
    Json.text(out, "userPrincipalName", user.userPrincipalName());
    Json.text(out, "firstName", user.firstName());
    Json.text(out, "lastName", user.lastName());
    Json.text(out, "displayName", user.displayName());
    Json.text(out, "immutableId", user.immutableId());
    Json.text(out, "phoneNumber", user.phoneNumber());
    PasswordProfileJson.write(out, user.passwordProfile());
    if (user.lastDirectorySyncTime() != null) {
      out.writeStringProperty("lastDirectorySyncTime", user.lastDirectorySyncTime().toString());
    }
    if (user.userDomainType() != null) {
      out.writeStringProperty("userDomainType", user.userDomainType().wire());
    }
    if (user.state() != null) {
      out.writeStringProperty("state", user.state().wire());
    }
    if (user.softDeletionTime() != null) {
      out.writeStringProperty("softDeletionTime", user.softDeletionTime().toString());
    }
    if (user.self() != null) {
      out.writeObjectPropertyStart("links");
      Json.link(out, "self", user.self());
      out.writeEndObject();
    }
    Json.attributes(out, CustomerUser.OBJECT_TYPE);
  }

  static CustomerUser read(JsonObject in) {
    String id = in.text("id");
    return new CustomerUser(
        in.text("usageLocation"),
        id == null ? null : userId(id),
        in.text("userPrincipalName"),
        in.text("firstName"),
        in.text("lastName"),
        in.text("displayName"),
        in.text("immutableId"),
        in.text("phoneNumber"),
        PasswordProfileJson.read(in.object("passwordProfile")),
        in.instant("lastDirectorySyncTime"),
        domainType(in.text("userDomainType")),
        state(in.text("state")),
        in.instant("softDeletionTime"),
        LinkJson.read(in.object("links"), "self"));
  }

  private static UserId userId(String text) {
    return Guid.parse(text)
        .map(UserId::new)
        .orElseThrow(() ->
            new WireFormatException(
                WireFormatException.Kind.INVALID_PROPERTY, "id", "The member id must be a GUID."));
  }

  private static @Nullable UserDomainType domainType(@Nullable String text) {
    return text == null
        ? null
        : EnumText.read(text, UserDomainType.values(), UserDomainType.UNRECOGNIZED);
  }

  static @Nullable UserState state(@Nullable String text) {
    return text == null ? null : EnumText.read(text, UserState.values(), UserState.UNRECOGNIZED);
  }
}
