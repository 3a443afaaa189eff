package dev.vidame.wire;

import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * A part of a customer's change feed. Immutable.
 *
 * @param items the changes, in order; perhaps none
 * @param cursor the place behind them
 * @param hasMore whether there are more already
 */
public record ChangePage(List<Change> items, String cursor, boolean hasMore) {
  /** Copies the items. */
  public ChangePage {
    items = List.copyOf(items);
  }

  /**
   * Reads one.
   *
   * @throws WireFormatException when the bytes are anything else
   */
  public static ChangePage fromJson(byte[] json) {
    JsonObject object = Json.readObject(json);
    String cursor = object.text("cursor");
    if (cursor == null) {
      throw new WireFormatException(
          WireFormatException.Kind.UNREADABLE, "cursor", "The member %s is missing.", "cursor");
    }
    return new ChangePage(
        object.objects("items").stream().map(Change::of).toList(),
        cursor,
        Boolean.TRUE.equals(object.bool("hasMore")));
  }

  /** The JSON in UTF-8. */
  public byte[] toJson() {
    return Json.write(out -> {
      out.writeArrayPropertyStart("items");
      items.forEach(item -> write(out, item));
      out.writeEndArray();
      out.writeStringProperty("cursor", cursor);
      out.writeBooleanProperty("hasMore", hasMore);
      Json.attributes(out, "ChangePage");
    });
  }

  private static void write(JsonGenerator out, Change item) {
    out.writeStartObject();
    item.write(out);
    out.writeEndObject();
  }
}
