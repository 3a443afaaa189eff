package dev.vidame.server.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.observation.StoreObserver;
import dev.vidame.server.harness.MovableClock;
import dev.vidame.server.health.Readiness.State;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReadinessTest {
  private static final Duration MOMENT = Duration.ofMillis(1);

  private final MovableClock clock = new MovableClock();
  private final Readiness readiness = new Readiness(clock);

  /** A queue of which the test says how much waits. */
  private static final class Line implements StoreObserver.Queue {
    int waiting;

    @Override
    public int waiting() {
      return waiting;
    }

    @Override
    public int capacity() {
      return 10;
    }
  }

  @Test
  void idleStoreStaysReadyForEver() {
    readiness.opened(new Line());
    readiness.began(1).committed();

    clock.advance(Duration.ofDays(1));

    assertThat(readiness.state()).isEqualTo(State.READY);
  }

  @Test
  void commitThatTakesTooLongIsStuckUntilItEnds() {
    StoreObserver.Batch batch = readiness.began(3);
    clock.advance(Readiness.PATIENCE);
    assertThat(readiness.state()).isEqualTo(State.READY);
    clock.advance(MOMENT);
    assertThat(readiness.state()).isEqualTo(State.STUCK);

    batch.committed();

    assertThat(readiness.state()).isEqualTo(State.READY);
  }

  @Test
  void oneOfSeveralLanesIsEnough() {
    StoreObserver.Batch slow = readiness.began(1);
    clock.advance(Readiness.PATIENCE);
    for (int i = 0; i < 10; i++) {
      readiness.began(1).committed();
    }
    clock.advance(MOMENT);

    assertThat(readiness.state()).isEqualTo(State.STUCK);
    slow.failed();
    assertThat(readiness.state()).isEqualTo(State.FAILING);
  }

  @Test
  void fullQueueIsStuckOnlyWhereItDoesNotMove() {
    Line line = new Line();
    readiness.opened(line);
    line.waiting = 10;
    for (int i = 0; i < 10; i++) {
      clock.advance(Readiness.PATIENCE);
      readiness.began(5).committed();
      assertThat(readiness.state()).isEqualTo(State.READY);
    }

    clock.advance(Readiness.PATIENCE.plus(MOMENT));

    assertThat(readiness.state()).isEqualTo(State.STUCK);
    line.waiting = 9;
    assertThat(readiness.state()).isEqualTo(State.READY);
  }

  @Test
  void failedCommitIsForgivenAfterAWhileOrWithTheNextSuccess() {
    readiness.began(1).failed();
    assertThat(readiness.state()).isEqualTo(State.FAILING);
    readiness.began(1).committed();
    assertThat(readiness.state()).isEqualTo(State.READY);

    readiness.began(1).failed();
    clock.advance(Readiness.PENANCE.minus(MOMENT));
    assertThat(readiness.state()).isEqualTo(State.FAILING);
    clock.advance(MOMENT);
    assertThat(readiness.state()).isEqualTo(State.READY);
  }

  @Test
  void closedStoreIsStopped() {
    readiness.closed();

    assertThat(readiness.state()).isEqualTo(State.STOPPED);
  }
}
