package dev.vidame.sdk;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What changes of one customer's directory: every change, in order, without gaps and each once.
 * Only Vidame has it. Needs a credential of a person (App+User). Immutable and thread-safe.
 *
 * <p>Whoever deals with a change and then keeps its cursor misses nothing and, but for a change
 * that was dealt with and whose cursor was not kept, meets nothing twice.
 *
 * {@snippet :
 * try (ChangeFollower follower = customer.changes().follow(ChangesQuery.since(kept))) {
 *   while (follower.hasNext()) {
 *     FollowedChange next = follower.next();
 *     handle.accept(next);
 *   }
 * }
 * }
 */
public final class ChangesClient {
  private final ApiCalls calls;
  private final String path;

  ChangesClient(ApiCalls calls, String path) {
    this.calls = calls;
    this.path = path;
  }

  /**
   * Some changes behind a place.
   *
   * @throws NotFoundException when the customer was the caller's and is deleted
   * @throws AccessDeniedException when the caller may not read who changed what
   * @throws PartnerException with status 503 when too many wait for changes already, and with 400
   *     when the cursor is not one of this customer's feed, or the journal no longer has its place,
   *     as after the restoration of a backup: then read the customer anew and go on from {@link
   *     ChangeCursor#NOW}
   */
  public ChangesPage page(ChangesQuery query) {
    return pageWithResponse(query, RequestOptions.none()).value();
  }

  /** As {@link #page}, with options and the answer's headers. */
  public PartnerResponse<ChangesPage> pageWithResponse(ChangesQuery query, RequestOptions options) {
    Duration longestWait = calls.timeout().dividedBy(2);
    return calls.make(ApiCall.get(path + query.text(longestWait), ChangesPage::fromJson), options);
  }

  /**
   * The changes behind a place, up to the last one that there is; nothing is sent before the first
   * is asked for. Each page is fetched when it is needed. Throws what {@link #page} throws.
   */
  public Stream<FollowedChange> stream(ChangesQuery query) {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(
            new Walk(query), Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE),
        false);
  }

  /**
   * The changes behind a place and all that are to come. Nothing is sent before the first is asked
   * for.
   *
   * @return to be closed, and used by one thread
   */
  public ChangeFollower follow(ChangesQuery query) {
    return new ChangeFollower(this, calls.surroundings(), query);
  }

  /**
   * Hands over each change, and those that are to come, until the thread is interrupted.
   *
   * @throws PartnerException as {@link ChangeFollower#hasNext}
   */
  public void follow(ChangesQuery query, Consumer<FollowedChange> consumer) {
    try (ChangeFollower follower = follow(query)) {
      while (follower.hasNext()) {
        consumer.accept(follower.next());
      }
    }
  }

  /** From page to page up to the end. Not thread-safe. */
  private final class Walk implements Iterator<FollowedChange> {
    private final ChangesQuery query;
    private final Deque<FollowedChange> ready = new ArrayDeque<>();
    private ChangeCursor cursor;
    private boolean isLast;

    Walk(ChangesQuery query) {
      this.query = query.withWait(Duration.ZERO);
      this.cursor = query.start();
    }

    @Override
    public boolean hasNext() {
      while (ready.isEmpty() && !isLast) {
        ChangesPage page = page(query.from(cursor));
        ready.addAll(page.items());
        cursor = page.cursor();
        isLast = !page.hasMore();
      }
      return !ready.isEmpty();
    }

    @Override
    public FollowedChange next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return ready.remove();
    }
  }
}
