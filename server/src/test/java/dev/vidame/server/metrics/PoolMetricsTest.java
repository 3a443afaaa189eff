package dev.vidame.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.observation.PoolLoad;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Each number of a pool is shown under its own name. */
class PoolMetricsTest {
  /** A load as nobody else has it. */
  private record Fixed(int active, int waiting, long refused) implements PoolLoad {}

  @Test
  void loadIsShownByPool() {
    RequestMetrics metrics = new RequestMetrics();
    metrics.hashing().opened(new Fixed(1, 2, 3));
    metrics.watchSigning(new Fixed(4, 5, 6));

    assertThat(new String(metrics.render(), StandardCharsets.UTF_8).lines())
        .contains(
            "vidame_password_hash_active 1.0",
            "vidame_password_hash_waiting 2.0",
            "vidame_password_hash_refused_total 3.0",
            "vidame_token_signing_active 4.0",
            "vidame_token_signing_waiting 5.0",
            "vidame_token_signing_refused_total 6.0");
  }
}
