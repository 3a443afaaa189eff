package dev.vidame.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * The server's clock. It goes as the machine's does until it is moved, and stands still where it
 * was told to. Thread-safe.
 *
 * {@snippet :
 * vidame.clock().advance(Duration.ofDays(31)); // what was deleted before is gone
 * }
 */
public final class MovableClock extends Clock {
  private final Clock machine;
  private volatile State state;

  /**
   * How the clock is set.
   *
   * @param ahead of the machine's, where it goes
   * @param standing the time, where it stands still
   */
  record State(Duration ahead, @Nullable Instant standing) {
    static final State MACHINE = new State(Duration.ZERO, null);
  }

  MovableClock(Clock machine) {
    this.machine = machine;
    this.state = State.MACHINE;
  }

  /** Moves it on, or back where the time is negative. */
  public void advance(Duration by) {
    State now = state;
    Instant standing = now.standing();
    state =
        standing == null
            ? new State(now.ahead().plus(by), null)
            : new State(now.ahead(), standing.plus(by));
  }

  /** Makes it stand still at this time, until it is moved or goes again. */
  public void standAt(Instant time) {
    state = new State(state.ahead(), time);
  }

  /** Makes it stand still now. */
  public void stand() {
    standAt(instant());
  }

  /** Makes it go on from where it stands. */
  public void go() {
    state = new State(Duration.between(machine.instant(), instant()), null);
  }

  State state() {
    return state;
  }

  void set(State other) {
    state = other;
  }

  @Override
  public Instant instant() {
    State now = state;
    Instant standing = now.standing();
    return standing == null ? machine.instant().plus(now.ahead()) : standing;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  /** Not offered: the server tells the time in UTC. */
  @Override
  public Clock withZone(ZoneId zone) {
    if (!zone.equals(ZoneOffset.UTC)) {
      throw new UnsupportedOperationException("The server tells the time in UTC");
    }
    return this;
  }
}
