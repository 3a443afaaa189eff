package dev.vidame.sdk;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a customer as they come. It waits in {@link #hasNext} for the next one, and goes
 * on through failures that pass: a service that is away, too busy or restarted. It ends when it is
 * closed or its thread is interrupted.
 *
 * <p>For one thread; only {@link #close} may be called by any other.
 */
public final class ChangeFollower implements Iterator<FollowedChange>, AutoCloseable {
  private static final Duration USUAL_WAIT = Duration.ofSeconds(25);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final int NOT_OFFERED = 501;
  private static final int FIRST_SERVER_ERROR = 500;

  private final ChangesClient changes;
  private final Surroundings surroundings;
  private final ChangesQuery query;
  private final Deque<FollowedChange> ready = new ArrayDeque<>();
  private final Object lock = new Object();
  private ChangeCursor fetchedUpTo;
  private ChangeCursor handedOutUpTo;
  private Duration pause = FIRST_PAUSE;
  private @Nullable Thread waiting;
  private boolean isClosed;

  ChangeFollower(ChangesClient changes, Surroundings surroundings, ChangesQuery query) {
    this.changes = changes;
    this.surroundings = surroundings;
    this.query = query.waiting().isZero() ? query.withWait(USUAL_WAIT) : query;
    this.fetchedUpTo = query.start();
    this.handedOutUpTo = query.start();
  }

  /**
   * Waits for the next change.
   *
   * @return false once this is closed, or when the thread is interrupted, whose flag remains set
   * @throws PartnerException when no repetition helps: the caller must sign in again, has no right,
   *     or the cursor is not good (see {@link ChangesClient#page})
   */
  @Override
  public boolean hasNext() {
    while (ready.isEmpty()) {
      if (!fetch()) {
        return false;
      }
    }
    synchronized (lock) {
      return !isClosed;
    }
  }

  /**
   * The next change; waits for it as {@link #hasNext} does.
   *
   * @throws NoSuchElementException when this is closed or the thread is interrupted
   */
  @Override
  public FollowedChange next() {
    if (!hasNext()) {
      throw new NoSuchElementException("Nobody follows any more");
    }
    FollowedChange next = ready.remove();
    handedOutUpTo = next.cursor();
    return next;
  }

  /**
   * The place behind the last change that was handed out, from which another follower would go on.
   * Before the service has answered it is where the query began.
   */
  public ChangeCursor cursor() {
    return handedOutUpTo;
  }

  private boolean fetch() {
    synchronized (lock) {
      if (isClosed) {
        return false;
      }
      waiting = Thread.currentThread();
    }
    try {
      return fetchOrPause();
    } finally {
      synchronized (lock) {
        waiting = null;
        if (isClosed) {
          // The interruption was close()'s, and has done its work.
          boolean ignored = Thread.interrupted();
        }
      }
    }
  }

  private boolean fetchOrPause() {
    try {
      ChangesPage page = changes.page(query.from(fetchedUpTo));
      ready.addAll(page.items());
      fetchedUpTo = page.cursor();
      if (page.items().isEmpty()) {
        handedOutUpTo = fetchedUpTo;
      }
      pause = FIRST_PAUSE;
      return true;
    } catch (PartnerException e) {
      if (Thread.currentThread().isInterrupted()) {
        return false;
      }
      if (!passes(e)) {
        throw e;
      }
      return pause(e.retryAfter());
    }
  }

  private static boolean passes(PartnerException e) {
    if (e instanceof AuthenticationException || e instanceof AccessDeniedException) {
      return false;
    }
    return e instanceof ThrottledException
        || e.status() == 0
        || (e.status() >= FIRST_SERVER_ERROR && e.status() != NOT_OFFERED);
  }

  /** Longer each time, and never exactly as long as others pause. */
  private boolean pause(@Nullable Duration retryAfter) {
    long half = pause.toNanos() / 2;
    Duration own = Duration.ofNanos(half + surroundings.random().nextLong(half + 1));
    Duration asked = retryAfter == null ? Duration.ZERO : retryAfter;
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    try {
      surroundings.sleeper().sleep(asked.plus(own));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Ends the following; a thread that waits in {@link #hasNext} is told that there is no more. */
  @Override
  public void close() {
    synchronized (lock) {
      isClosed = true;
      if (waiting != null) {
        waiting.interrupt();
      }
    }
  }
}
