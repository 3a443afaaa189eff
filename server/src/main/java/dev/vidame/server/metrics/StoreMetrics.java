package dev.vidame.server.metrics;

import dev.vidame.directory.observation.StoreObserver;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.IntSupplier;

/** Counts and times what the store does with changes. Thread-safe. */
final class StoreMetrics implements StoreObserver {
  private static final double NANOS_PER_SECOND = 1e9;

  private final PrometheusRegistry registry;
  private final Histogram changes;
  private final Histogram commits;
  private final Counter failures;
  private final Counter refused;
  private final DistributionDataPoint holding;
  private final DistributionDataPoint beside;

  StoreMetrics(PrometheusRegistry registry) {
    this.registry = registry;
    changes =
        Histogram.builder()
            .name("vidame_store_batch_changes")
            .help("Changes that one commit took to the disk")
            .withoutExemplars()
            .classicOnly()
            .classicUpperBounds(1, 2, 4, 8, 16, 32, 64, 128, 256, 512)
            .register(registry);
    commits =
        seconds("vidame_store_commit_seconds", "From the begin of a batch to the disk")
            .register(registry);
    failures =
        counter("vidame_store_failed_commits_total", "Commits that failed").register(registry);
    refused =
        counter("vidame_store_refused_changes_total", "Changes refused because too many wait")
            .register(registry);
    Histogram checkpoints =
        seconds("vidame_store_checkpoint_seconds", "Taking the log into the store's file")
            .labelNames("held_commits")
            .register(registry);
    holding = checkpoints.labelValues("true");
    beside = checkpoints.labelValues("false");
  }

  private static Histogram.Builder seconds(String name, String help) {
    return Histogram.builder()
        .name(name)
        .help(help)
        .withoutExemplars()
        .classicOnly()
        .classicUpperBounds(.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5);
  }

  private static Counter.Builder counter(String name, String help) {
    return Counter.builder().name(name).help(help).withoutExemplars();
  }

  @Override
  public void opened(Queue queue) {
    gauge("vidame_store_queue_changes", "Changes that wait for a commit", queue::waiting);
    gauge("vidame_store_queue_capacity_changes", "Changes that may wait", queue::capacity);
  }

  private void gauge(String name, String help, IntSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.getAsInt()))
        .register(registry);
  }

  @Override
  public Batch began(int size) {
    return new Timed(size, System.nanoTime());
  }

  @Override
  public void refused() {
    refused.inc();
  }

  @Override
  public void checkpointed(boolean heldCommits, long nanos) {
    (heldCommits ? holding : beside).observe(nanos / NANOS_PER_SECOND);
  }

  @Override
  public void closed() {}

  private final class Timed implements Batch {
    private final int size;
    private final long start;

    Timed(int size, long start) {
      this.size = size;
      this.start = start;
    }

    @Override
    public void committed() {
      changes.observe(size);
      commits.observe((System.nanoTime() - start) / NANOS_PER_SECOND);
    }

    @Override
    public void failed() {
      failures.inc();
    }
  }
}
