package dev.vidame.wire;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The JSON of {@link PasswordProfile}. */
final class PasswordProfileJson {
  private PasswordProfileJson() {}

  static void write(JsonGenerator out, @Nullable PasswordProfile profile) {
    if (profile == null) {
      return;
    }
    out.writeObjectPropertyStart("passwordProfile");
    Json.text(out, "password", profile.password());
    if (profile.forceChangePassword() != null) {
      out.writeBooleanProperty("forceChangePassword", profile.forceChangePassword());
    }
    out.writeEndObject();
  }

  static @Nullable PasswordProfile read(@Nullable JsonObject in) {
    return in == null
        ? null
        : new PasswordProfile(in.text("password"), in.bool("forceChangePassword"));
  }
}
