package dev.vidame.server.users;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vidame.directory.feed.ChangeFeed;
import dev.vidame.directory.paging.PageQuery;
import dev.vidame.directory.users.UserQuery;
import dev.vidame.directory.users.UserQuery.Scope;
import dev.vidame.server.paging.ShownPage;
import dev.vidame.wire.CustomerId;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Pages of accounts as they were answered, for as long as nothing of their customer has changed.
 * Thread-safe.
 *
 * <p>Only what depends on nothing but the customer's accounts is kept: no deleted ones, which end
 * with time, and no filters, of which there is no end.
 */
public final class RememberedPages {
  private static final int BYTES_BESIDE_AN_ITEM = 24;
  private static final int BYTES_BESIDE_A_PAGE = 1_024;

  private final ChangeFeed changes;
  private final long bytes;
  private final Cache<Key, Known> known;

  /**
   * None yet.
   *
   * @param changes tells whether a customer has changed
   * @param bytes how much they may take up; 0 remembers none
   */
  public RememberedPages(ChangeFeed changes, long bytes) {
    this.changes = changes;
    this.bytes = bytes;
    this.known =
        Caffeine.newBuilder()
            .maximumWeight(bytes)
            .weigher((Key key, Known page) -> page.weight())
            .executor(Runnable::run)
            .build();
  }

  private record Key(CustomerId customer, UserQuery query, PageQuery page) {}

  /**
   * A page and when it was true.
   *
   * @param readAfter the customer's change that it was read after
   */
  private record Known(long readAfter, ShownPage page) {
    int weight() {
      return BYTES_BESIDE_A_PAGE + page.items().size() * BYTES_BESIDE_AN_ITEM + page.bytes();
    }
  }

  /** The page as it is now, read where it is not known. */
  ShownPage page(
      CustomerId customer, UserQuery query, PageQuery page, Supplier<ShownPage> reading) {
    OptionalLong count = changes.count(customer);
    if (bytes == 0
        || count.isEmpty()
        || query.scope() != Scope.ACTIVE
        || query.condition() != null) {
      return reading.get();
    }
    Key key = new Key(customer, query, page);
    Known kept = known.getIfPresent(key);
    if (kept != null && kept.readAfter() == count.getAsLong()) {
      return kept.page();
    }
    ShownPage read = reading.get();
    known.put(key, new Known(count.getAsLong(), read));
    return read;
  }
}
