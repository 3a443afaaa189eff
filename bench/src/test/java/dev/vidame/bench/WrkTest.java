package dev.vidame.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WrkTest {
  @Test
  void accountIsCheckedIfOneThreadSurelyChangedItAndMayHaveWhatAnySent() {
    String output =
        """
        changed 3 surely Name 1 1 10|Name 1 1 20
        changed 3 perhaps Name 1 2 15
        changed 4 perhaps Name 1 2 99
        result answers=1 micros=1 p50=1 p99=1 slowest=1 refused=0 broken=0 late=0
        """;

    assertThat(Wrk.changed(output)).containsOnlyKeys(3);
    assertThat(Wrk.changed(output).get(3))
        .containsExactly("Name 1 1 10", "Name 1 1 20", "Name 1 2 15");
  }
}
