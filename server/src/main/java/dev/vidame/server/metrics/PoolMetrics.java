package dev.vidame.server.metrics;

import dev.vidame.directory.observation.PoolLoad;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/**
 * What is shown of threads that compute.
 *
 * @param name what the names of its metrics begin with
 * @param things what they work on, such as {@code Passwords}
 * @param done what becomes of those, such as {@code hashed}
 */
record PoolMetrics(String name, String things, String done) {
  /** Shows them from now on. */
  void show(PoolLoad load, PrometheusRegistry registry) {
    GaugeWithCallback.builder()
        .name(name + "_active")
        .help(things + " being " + done)
        .callback(callback -> callback.call(load.active()))
        .register(registry);
    GaugeWithCallback.builder()
        .name(name + "_waiting")
        .help(things + " that wait to be " + done)
        .callback(callback -> callback.call(load.waiting()))
        .register(registry);
    CounterWithCallback.builder()
        .name(name + "_refused_total")
        .help(things + " not " + done + " because too many wait")
        .callback(callback -> callback.call((double) load.refused()))
        .register(registry);
  }
}
