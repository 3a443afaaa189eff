package dev.vidame.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.harness.Until;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class InFlightTest {
  private final InFlight requests = new InFlight();

  @Test
  void moreRequestsThanAPhaserCountsAreCounted() {
    for (int i = 0; i < 100_000; i++) {
      assertThat(requests.enter()).isTrue();
    }
    for (int i = 0; i < 100_000; i++) {
      requests.leave();
    }

    requests.drain(Duration.ofMinutes(1));

    assertThat(requests.enter()).isFalse();
  }

  @Test
  void drainWaitsForTheLastOneAndLetsNobodyIn() throws InterruptedException {
    assertThat(requests.enter()).isTrue();
    Thread stop = Thread.ofPlatform().start(() -> requests.drain(Duration.ofMinutes(1)));
    Until.met(() -> stop.getState() == Thread.State.TIMED_WAITING);

    assertThat(requests.isDraining()).isTrue();
    assertThat(requests.enter()).isFalse();
    assertThat(stop.isAlive()).isTrue();

    requests.leave();
    stop.join();
    assertThat(requests.enter()).isFalse();
  }

  @Test
  void drainGivesUpAfterItsGrace() {
    assertThat(requests.enter()).isTrue();

    requests.drain(Duration.ofMillis(1));

    assertThat(requests.isDraining()).isTrue();
  }
}
