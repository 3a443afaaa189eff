package dev.vidame.server;

import dev.vidame.directory.observation.Observers;
import dev.vidame.server.health.Readiness;
import dev.vidame.server.metrics.RequestMetrics;
import dev.vidame.server.settings.Settings;
import dev.vidame.server.tracing.Tracing;
import java.time.Clock;

/**
 * All that watches a server. Thread-safe.
 *
 * @param metrics counts
 * @param readiness knows whether the store can commit
 * @param tracing traces requests, where the operator wants it
 */
record Watch(RequestMetrics metrics, Readiness readiness, Tracing tracing) {
  static Watch of(Settings settings, Clock clock) {
    RequestMetrics metrics = new RequestMetrics();
    Readiness readiness = new Readiness(clock);
    metrics.watchReadiness(() -> readiness.state() == Readiness.State.READY);
    return new Watch(metrics, readiness, Tracing.open(settings.operating().tracing()));
  }

  /** What the directory tells. */
  Observers observers() {
    return new Observers(metrics.store().and(readiness), metrics.hashing(), tracing.transactions());
  }
}
