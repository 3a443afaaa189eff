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
public record ChangePage(List<Item> items, String cursor, boolean hasMore) {

  /**
   * A change and the place behind it.
   *
   * @param change the change
   * @param cursor where to go on once it has been dealt with
   */
  public record Item(Change change, String cursor) {
    private static Item of(JsonObject object) {
      return new Item(Change.of(object), Change.required("cursor", object.text("cursor")));
    }

    private void write(JsonGenerator out) {
      out.writeStartObject();
      out.writeStringProperty("cursor", cursor);
      change.write(out);
      out.writeEndObject();
    }
  }

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
    return new ChangePage(
        object.objects("items").stream().map(Item::of).toList(),
        Change.required("cursor", object.text("cursor")),
        Boolean.TRUE.equals(object.bool("hasMore")));
  }

  /** The JSON in UTF-8. */
  public byte[] toJson() {
    return Json.write(out -> {
      out.writeArrayPropertyStart("items");
      items.forEach(item -> item.write(out));
      out.writeEndArray();
      out.writeStringProperty("cursor", cursor);
      out.writeBooleanProperty("hasMore", hasMore);
      Json.attributes(out, "ChangePage");
    });
  }
}
