package dev.vidame.sdk;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list. Immutable when its items are.
 *
 * @param <T> the items' type
 */
public final class Page<T> {
  private final List<T> items;
  private final @Nullable String continuationToken;
  private final @Nullable NextPage next;
  private final PartnerResponse<?> response;

  Page(PageReader.Read<T> read, @Nullable NextPage next, PartnerResponse<?> response) {
    this.items = read.items();
    this.continuationToken = read.token();
    this.next = next;
    this.response = response;
  }

  /** The items, perhaps none. */
  public List<T> items() {
    return items;
  }

  /** Whether no page follows. */
  public boolean isLast() {
    return next == null;
  }

  /**
   * What {@link Pages#startingBehind} takes to go on behind this page, also in another process;
   * null on the last page. Vidame's are good for an hour.
   */
  public @Nullable String continuationToken() {
    return next == null ? null : continuationToken;
  }

  /** The {@code MS-RequestId} that was sent for this page. */
  public UUID requestId() {
    return response.requestId();
  }

  /** The {@code MS-CorrelationId} that was sent for this page. */
  public UUID correlationId() {
    return response.correlationId();
  }

  @Nullable NextPage next() {
    return next;
  }

  /** The number of items and whether more follow. */
  @Override
  public String toString() {
    return "Page[items=" + items.size() + ", isLast=" + isLast() + "]";
  }
}
