package dev.vidame.server.metrics;

import dev.vidame.directory.observation.HashObserver;
import dev.vidame.directory.observation.PoolLoad;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Counts and times how passwords are hashed. Thread-safe. */
final class HashMetrics implements HashObserver {
  private static final double NANOS_PER_SECOND = 1e9;

  private final PrometheusRegistry registry;
  private final Histogram seconds;

  HashMetrics(PrometheusRegistry registry) {
    this.registry = registry;
    seconds =
        Histogram.builder()
            .name("vidame_password_hash_seconds")
            .help("Hashing one password, without the wait for its turn")
            .withoutExemplars()
            .classicOnly()
            .classicUpperBounds(.005, .01, .025, .05, .1, .25, .5, 1, 2.5)
            .register(registry);
  }

  @Override
  public void opened(PoolLoad load) {
    new PoolMetrics("vidame_password_hash", "Passwords", "hashed").show(load, registry);
  }

  @Override
  public void hashed(long nanos) {
    seconds.observe(nanos / NANOS_PER_SECOND);
  }
}
