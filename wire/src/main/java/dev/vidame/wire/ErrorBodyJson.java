package dev.vidame.wire;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The JSON of {@link ErrorBody}. */
final class ErrorBodyJson {
  private ErrorBodyJson() {}

  static byte[] write(ErrorBody error) {
    return Json.write(out -> {
      out.writeNumberProperty("code", error.code());
      out.writeStringProperty("description", error.description());
      out.writeArrayPropertyStart("data");
      error.data().forEach(out::writeString);
      out.writeEndArray();
      out.writeStringProperty("source", error.source());
    });
  }

  static @Nullable ErrorBody read(byte[] json) {
    JsonObject in;
    try {
      in = Json.readObject(json);
    } catch (WireFormatException e) {
      return null;
    }
    String code = first(in.scalar("code"), in.scalar("statusCode"));
    String description = first(in.scalar("description"), in.scalar("message"));
    if (code == null && description == null) {
      return null;
    }
    List<String> data =
        in.items("data").stream().filter(String.class::isInstance).map(String.class::cast).toList();
    return new ErrorBody(
        number(code),
        Objects.requireNonNullElse(description, ""),
        data,
        Objects.requireNonNullElse(in.scalar("source"), ""));
  }

  private static @Nullable String first(@Nullable String one, @Nullable String other) {
    return one == null ? other : one;
  }

  private static int number(@Nullable String text) {
    try {
      return text == null ? 0 : Integer.parseInt(text.trim());
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
