package dev.vidame.server.health;

import dev.vidame.directory.observation.StoreObserver;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether the store can commit, as far as its commits show: nothing is tried out, so asking costs
 * nothing and changes nothing. Thread-safe.
 */
public final class Readiness implements StoreObserver {
  /** How long a commit, or a full queue that does not move, is nothing to worry about. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  /**
   * How long a failed commit keeps the server from getting more work, unless another one succeeds.
   * After that it is tried again: without work no commit could ever show that all is well.
   */
  static final Duration PENANCE = Duration.ofSeconds(10);

  private final InstantSource clock;
  private final Set<Underway> underway = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Queue queue;
  private volatile boolean isClosed;
  private volatile Instant lastEnd;
  private volatile @Nullable Instant failedAt;

  /** What can be said of the store. */
  public enum State {
    /** Changes can be committed. */
    READY,
    /** A commit takes far too long, or the queue is full and does not move. */
    STUCK,
    /** The last commit has failed, not long ago. */
    FAILING,
    /** The store takes no changes any more. */
    STOPPED;

    /** As a word. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Nothing is known of a store before it opens. */
  public Readiness(InstantSource clock) {
    this.clock = clock;
    this.lastEnd = clock.instant();
  }

  /** What is so now. */
  public State state() {
    Instant now = clock.instant();
    if (isClosed) {
      return State.STOPPED;
    }
    if (isStuck(now.minus(PATIENCE))) {
      return State.STUCK;
    }
    Instant failed = failedAt;
    return failed != null && failed.plus(PENANCE).isAfter(now) ? State.FAILING : State.READY;
  }

  private boolean isStuck(Instant before) {
    Queue waiting = queue;
    boolean isFull = waiting != null && waiting.waiting() >= waiting.capacity();
    return (isFull && lastEnd.isBefore(before))
        || underway.stream().anyMatch(batch -> batch.since.isBefore(before));
  }

  @Override
  public void opened(Queue opened) {
    queue = opened;
  }

  @Override
  public Batch began(int changes) {
    Underway batch = new Underway(clock.instant());
    underway.add(batch);
    return batch;
  }

  @Override
  public void refused() {}

  @Override
  public void checkpointed(boolean heldCommits, long nanos) {}

  @Override
  public void closed() {
    isClosed = true;
  }

  private final class Underway implements Batch {
    private final Instant since;

    Underway(Instant since) {
      this.since = since;
    }

    @Override
    public void committed() {
      failedAt = null;
      end();
    }

    @Override
    public void failed() {
      failedAt = clock.instant();
      end();
    }

    private void end() {
      lastEnd = clock.instant();
      underway.remove(this);
    }
  }
}
