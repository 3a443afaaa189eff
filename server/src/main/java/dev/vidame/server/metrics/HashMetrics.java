package dev.vidame.server.metrics;

import dev.vidame.directory.observation.HashObserver;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Counts and times how passwords are hashed. Thread-safe. */
final class HashMetrics implements HashObserver {
  private static final double NANOS_PER_SECOND = 1e9;

  private final PrometheusRegistry registry;
  private final Histogram seconds;
  private final Counter refused;

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
    refused =
        Counter.builder()
            .name("vidame_password_hash_refused_total")
            .help("Passwords not hashed because too many wait")
            .withoutExemplars()
            .register(registry);
  }

  @Override
  public void opened(Pool pool) {
    GaugeWithCallback.builder()
        .name("vidame_password_hash_active")
        .help("Passwords being hashed")
        .callback(callback -> callback.call(pool.active()))
        .register(registry);
    GaugeWithCallback.builder()
        .name("vidame_password_hash_waiting")
        .help("Passwords that wait to be hashed")
        .callback(callback -> callback.call(pool.waiting()))
        .register(registry);
  }

  @Override
  public void hashed(long nanos) {
    seconds.observe(nanos / NANOS_PER_SECOND);
  }

  @Override
  public void refused() {
    refused.inc();
  }
}
