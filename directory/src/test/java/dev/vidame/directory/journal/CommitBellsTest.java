package dev.vidame.directory.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.journal.CommitBells.Bell;
import dev.vidame.wire.CustomerId;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A bell that rang is not waited for, so each wait here is over at once or the test fails. */
@Timeout(30)
class CommitBellsTest {
  private static final CustomerId ONE = new CustomerId(new UUID(1, 1));
  private static final CustomerId OTHER = new CustomerId(new UUID(2, 2));
  private static final Duration LONG = Duration.ofMinutes(5);

  private final CommitBells bells = new CommitBells();

  private boolean isStillThere(CustomerId customer, Bell bell) {
    Bell next = bells.take(customer);
    bells.giveBack(customer, next);
    return next == bell;
  }

  @Test
  void waitersOfACustomerShareABellThatRingsOnce() throws InterruptedException {
    Bell bell = bells.take(ONE);
    assertThat(bells.take(ONE)).isSameAs(bell);
    assertThat(bells.take(OTHER)).isNotSameAs(bell);
    assertThat(bells.waitedFor()).containsExactlyInAnyOrder(ONE, OTHER);

    bells.ring(ONE);

    bell.await(LONG);
    assertThat(bells.waitedFor()).containsExactly(OTHER);
    assertThat(bells.take(ONE)).isNotSameAs(bell);
  }

  @Test
  void bellGoesWithTheLastWhoTookIt() {
    assertThat(bells.isQuiet()).isTrue();
    Bell bell = bells.take(ONE);
    bells.take(ONE);
    bells.take(ONE);

    bells.giveBack(ONE, bell);
    bells.giveBack(ONE, bell);
    assertThat(bells.isQuiet()).isFalse();

    bells.giveBack(ONE, bell);
    assertThat(bells.isQuiet()).isTrue();
  }

  @Test
  void bellThatRangIsGivenBackWithoutTheNextOne() {
    Bell rung = bells.take(ONE);
    bells.ring(ONE);
    Bell next = bells.take(ONE);

    bells.giveBack(ONE, rung);

    assertThat(isStillThere(ONE, next)).isTrue();
  }

  @Test
  void whoWaitsForLessThanTheEndIsTold() throws InterruptedException {
    Bell bell = bells.take(ONE);
    bells.ringUpTo(ONE, Long.MAX_VALUE);
    assertThat(isStillThere(ONE, bell)).as("nobody has said what is waited for").isTrue();
    bell.isWaitedFor(5);
    bell.isWaitedFor(9);

    bells.ringUpTo(OTHER, 6);
    bells.ringUpTo(ONE, 5);
    assertThat(isStillThere(ONE, bell)).isTrue();

    bells.ringUpTo(ONE, 6);
    bell.await(LONG);
    assertThat(bells.isQuiet()).isTrue();
  }

  @Test
  void everybodyIsWokenAtOnce() throws InterruptedException {
    Bell bell = bells.take(ONE);
    Bell other = bells.take(OTHER);

    bells.ringAll();

    bell.await(LONG);
    other.await(LONG);
    assertThat(bells.isQuiet()).isTrue();
  }

  @Test
  void waitThatNobodyEndsIsOverWithItsTime() throws InterruptedException {
    Bell bell = bells.take(ONE);

    bell.await(Duration.ofNanos(1));

    assertThat(isStillThere(ONE, bell)).isTrue();
  }
}
