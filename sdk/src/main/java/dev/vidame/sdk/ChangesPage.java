package dev.vidame.sdk;

import dev.vidame.wire.ChangePage;
import java.util.List;

/**
 * Some changes of a customer, in order.
 *
 * @param items the changes, perhaps none
 * @param cursor the place behind them
 * @param hasMore whether there are more already
 */
public record ChangesPage(List<FollowedChange> items, ChangeCursor cursor, boolean hasMore) {
  /** Copies the items. */
  public ChangesPage {
    items = List.copyOf(items);
  }

  static ChangesPage fromJson(byte[] json) {
    ChangePage page = ChangePage.fromJson(json);
    return new ChangesPage(
        page.items().stream()
            .map(item -> new FollowedChange(item.change(), new ChangeCursor(item.cursor())))
            .toList(),
        new ChangeCursor(page.cursor()),
        page.hasMore());
  }
}
