package dev.vidame.wire;

import tools.jackson.core.JsonGenerator;

/** The JSON of {@link BillingProfile}. */
final class BillingProfileJson {
  private BillingProfileJson() {}

  static void members(JsonGenerator out, BillingProfile profile) {
    Json.text(out, "id", profile.id());
    Json.text(out, "firstName", profile.firstName());
    Json.text(out, "lastName", profile.lastName());
    Json.text(out, "email", profile.email());
    Json.text(out, "culture", profile.culture());
    Json.text(out, "language", profile.language());
    Json.text(out, "companyName", profile.companyName());
    AddressJson.write(out, "defaultAddress", profile.defaultAddress());
    if (profile.self() != null) {
      out.writeObjectPropertyStart("links");
      Json.link(out, "self", profile.self());
      out.writeEndObject();
    }
    out.writeObjectPropertyStart("attributes");
    Json.text(out, "etag", profile.etag());
    out.writeStringProperty("objectType", BillingProfile.OBJECT_TYPE);
    out.writeEndObject();
  }

  /** Reads a profile; two of its names have a second spelling in the documents. */
  static BillingProfile read(JsonObject in) {
    JsonObject attributes = in.object("attributes");
    ObjectType.require(attributes, BillingProfile.OBJECT_TYPE);
    return new BillingProfile(
        in.text("id"),
        in.text("firstName"),
        in.text("lastName"),
        in.text("email"),
        in.text("culture"),
        in.text("language"),
        in.text(in.has("companyName") ? "companyName" : "company_name"),
        AddressJson.read(
            in.object(in.has("defaultAddress") ? "defaultAddress" : "default_address")),
        attributes == null ? null : attributes.scalar("etag"),
        null);
  }
}
