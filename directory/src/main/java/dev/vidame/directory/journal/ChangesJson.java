package dev.vidame.directory.journal;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The stored form of changes: {@code {"displayName":["before","after"]}}. */
final class ChangesJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private ChangesJson() {}

  static String write(List<FieldChange> changes) {
    StringWriter text = new StringWriter(128);
    try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      out.writeStartObject();
      for (FieldChange change : changes) {
        out.writeArrayPropertyStart(change.field());
        value(out, change.before());
        value(out, change.after());
        out.writeEndArray();
      }
      out.writeEndObject();
    }
    return text.toString();
  }

  private static void value(JsonGenerator out, @Nullable String value) {
    if (value == null) {
      out.writeNull();
    } else {
      out.writeString(value);
    }
  }

  static List<FieldChange> read(String json) {
    List<FieldChange> changes = new ArrayList<>();
    try (JsonParser in = FACTORY.createParser(ObjectReadContext.empty(), json)) {
      in.nextToken();
      while (in.nextToken() == JsonToken.PROPERTY_NAME) {
        String field = in.currentName();
        in.nextToken();
        changes.add(new FieldChange(field, value(in), value(in)));
        in.nextToken();
      }
    }
    return changes;
  }

  private static @Nullable String value(JsonParser in) {
    return in.nextToken() == JsonToken.VALUE_NULL ? null : in.getString();
  }
}
