package dev.vidame.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list, its items already in JSON. Used by one thread.
 *
 * @param items the items, each one JSON value in UTF-8
 * @param continuationToken what asks for the neighbouring pages; null on the last page
 * @param links where pages are found; null for the lists that have no links
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
public record CollectionPage(
    List<byte[]> items, @Nullable String continuationToken, @Nullable Links links) {
  private static final int USUAL_BYTES = 512;

  /**
   * Where pages are found.
   *
   * @param self this page
   * @param next the page behind it; null on the last
   * @param previous the page before it; null on the first
   */
  public record Links(Link self, @Nullable Link next, @Nullable Link previous) {}

  /** Copies the items' list. */
  public CollectionPage {
    items = List.copyOf(items);
  }

  /** A whole list in one page, without links. */
  public static CollectionPage whole(List<byte[]> items) {
    return new CollectionPage(items, null, null);
  }

  /** The JSON in UTF-8. {@code totalCount} is the number of items on this page. */
  public byte[] toJson() {
    ByteArrayOutputStream out =
        new ByteArrayOutputStream(
            USUAL_BYTES + items.stream().mapToInt(item -> item.length + 1).sum());
    ascii(out, "{\"totalCount\":" + items.size() + ",\"items\":[");
    boolean isFirst = true;
    for (byte[] item : items) {
      if (!isFirst) {
        out.write(',');
      }
      out.writeBytes(item);
      isFirst = false;
    }
    out.write(']');
    byte[] rest = rest();
    out.write(',');
    out.write(rest, 1, rest.length - 1);
    return out.toByteArray();
  }

  /** Everything behind the items, as an object of its own. */
  private byte[] rest() {
    return Json.write(out -> {
      Json.text(out, "continuationToken", continuationToken);
      if (links != null) {
        out.writeObjectPropertyStart("links");
        Json.link(out, "self", links.self());
        if (links.next() != null) {
          Json.link(out, "next", links.next());
        }
        if (links.previous() != null) {
          Json.link(out, "previous", links.previous());
        }
        out.writeEndObject();
      }
      Json.attributes(out, "Collection");
    });
  }

  private static void ascii(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }
}
