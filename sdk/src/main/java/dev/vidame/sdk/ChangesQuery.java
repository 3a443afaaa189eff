package dev.vidame.sdk;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which changes of a customer to read. Immutable: each {@code with} method answers a changed copy.
 *
 * {@snippet :
 * ChangesPage page =
 *     customer.changes().page(ChangesQuery.since(ChangeCursor.BEGINNING).withPageSize(500));
 * }
 */
public final class ChangesQuery {
  private static final int MAX_SIZE = 1_000;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  private final ChangeCursor since;
  private final @Nullable Integer size;
  private final Duration wait;

  private ChangesQuery(ChangeCursor since, @Nullable Integer size, Duration wait) {
    this.since = since;
    this.size = size;
    this.wait = wait;
  }

  /** Those behind a place. */
  public static ChangesQuery since(ChangeCursor cursor) {
    return new ChangesQuery(cursor, null, Duration.ZERO);
  }

  /**
   * At most so many in one answer; by default the service decides.
   *
   * @throws IllegalArgumentException when the number is not from 1 to 1000
   */
  public ChangesQuery withPageSize(int items) {
    if (items < 1 || items > MAX_SIZE) {
      throw new IllegalArgumentException("A page has 1 to " + MAX_SIZE + " items, not " + items);
    }
    return new ChangesQuery(since, items, wait);
  }

  /**
   * Lets the service wait for the next change where there is none yet, instead of answering that
   * there is none. It never waits for longer than half of the client's request timeout.
   *
   * @throws IllegalArgumentException when the time is negative, or more than a minute
   */
  public ChangesQuery withWait(Duration time) {
    if (time.isNegative() || time.compareTo(LONGEST_WAIT) > 0) {
      throw new IllegalArgumentException("A wait takes 0 to 60 s, not " + time);
    }
    return new ChangesQuery(since, size, time);
  }

  ChangeCursor start() {
    return since;
  }

  Duration waiting() {
    return wait;
  }

  ChangesQuery from(ChangeCursor cursor) {
    return new ChangesQuery(cursor, size, wait);
  }

  /** What stands behind the path. */
  String text(Duration longestWait) {
    Duration waited = wait.compareTo(longestWait) < 0 ? wait : longestWait;
    return new QueryText()
        .add("since", since.value().isEmpty() ? null : since.value())
        .add("size", size)
        .add("wait", waited.toSeconds() == 0 ? null : waited.toSeconds())
        .toString();
  }

  /** Where it begins. */
  @Override
  public String toString() {
    return "ChangesQuery[since=" + since + ", size=" + size + ", wait=" + wait + "]";
  }
}
