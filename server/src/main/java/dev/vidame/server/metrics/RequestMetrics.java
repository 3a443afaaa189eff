package dev.vidame.server.metrics;

import dev.vidame.directory.observation.HashObserver;
import dev.vidame.directory.observation.PoolLoad;
import dev.vidame.directory.observation.StoreObserver;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Counts and times answers by route and status, in the Prometheus text format. Thread-safe.
 *
 * <p>Without exemplars: nothing here traces requests, and sampling them has a timer, for whose lock
 * requests waited.
 */
public final class RequestMetrics {
  /** The media type of the text. */
  static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private static final double NANOS_PER_SECOND = 1e9;

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final StoreObserver store = new StoreMetrics(registry);
  private final HashObserver hashing = new HashMetrics(registry);
  private final AtomicBoolean knowsProcess = new AtomicBoolean();

  private final Counter requests =
      Counter.builder()
          .name("vidame_http_requests_total")
          .help("Answered requests")
          .withoutExemplars()
          .labelNames("operation", "status")
          .register(registry);

  private final Counter limited =
      Counter.builder()
          .name("vidame_rate_limited_requests_total")
          .help("Requests refused because their partner asks too often")
          .withoutExemplars()
          .labelNames("operation", "limit")
          .register(registry);

  private final Counter signInFailures =
      Counter.builder()
          .name("vidame_sign_in_failures_total")
          .help("Sign-ins and proofs of applications that failed")
          .withoutExemplars()
          .labelNames("kind", "reason")
          .register(registry);

  private final Counter signInLocks =
      Counter.builder()
          .name("vidame_sign_in_locks_total")
          .help("Times that failures led to a wait")
          .withoutExemplars()
          .labelNames("kind")
          .register(registry);

  private final Histogram seconds =
      Histogram.builder()
          .name("vidame_http_request_seconds")
          .help("From the routed request to the rendered answer")
          .withoutExemplars()
          .labelNames("operation", "outcome")
          .classicOnly()
          .classicUpperBounds(.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5)
          .register(registry);

  /**
   * Counts an answer.
   *
   * @param operation the route's name
   * @param status the HTTP status
   * @param nanos how long it took, in nanoseconds
   */
  public void answered(String operation, int status, long nanos) {
    requests.labelValues(operation, Integer.toString(status)).inc();
    seconds.labelValues(operation, outcome(status)).observe(nanos / NANOS_PER_SECOND);
  }

  private static String outcome(int status) {
    return switch (status / 100) {
      case 2 -> "2xx";
      case 3 -> "3xx";
      case 4 -> "4xx";
      default -> "5xx";
    };
  }

  /** Counts what the store does with changes. */
  public StoreObserver store() {
    return store;
  }

  /** Counts how passwords are hashed. */
  public HashObserver hashing() {
    return hashing;
  }

  /** Shows whether the server can do its work. */
  public void watchReadiness(BooleanSupplier isReady) {
    GaugeWithCallback.builder()
        .name("vidame_ready")
        .help("1 where /readyz says ready, else 0")
        .callback(callback -> callback.call(isReady.getAsBoolean() ? 1 : 0))
        .register(registry);
  }

  /**
   * Counts a request that came too soon.
   *
   * @param operation the route's name
   * @param limit which limit it met
   */
  public void limited(String operation, String limit) {
    limited.labelValues(operation, limit).inc();
  }

  /**
   * Counts a sign-in that failed.
   *
   * @param kind of what was tried
   * @param reason why it failed
   */
  public void signInFailed(String kind, String reason) {
    signInFailures.labelValues(kind, reason).inc();
  }

  /**
   * Counts a wait that begins because of failures.
   *
   * @param kind of what was tried
   */
  public void signInLocked(String kind) {
    signInLocks.labelValues(kind).inc();
  }

  /** Shows how many answers are held back. */
  public void watchHeldAnswers(IntSupplier held) {
    GaugeWithCallback.builder()
        .name("vidame_held_answers")
        .help("Answers that are held back, because their client would ask again at once")
        .callback(callback -> callback.call(held.getAsInt()))
        .register(registry);
  }

  /** Shows how many requests wait for changes, which none of them is stuck for. */
  public void watchChangeWaiters(IntSupplier waiting) {
    GaugeWithCallback.builder()
        .name("vidame_change_waiters")
        .help("Requests that wait for a change of their customer, as they asked to")
        .callback(callback -> callback.call(waiting.getAsInt()))
        .register(registry);
  }

  /** Shows how old the key is that signs tokens. */
  public void watchSigningKeyAge(Supplier<Duration> age) {
    GaugeWithCallback.builder()
        .name("vidame_signing_key_age_seconds")
        .help("How long the key that signs tokens has been there")
        .callback(callback -> callback.call((double) age.get().toSeconds()))
        .register(registry);
  }

  /**
   * Shows how many tokens there are to sign.
   *
   * @param load of the threads that do it, in tokens
   */
  public void watchSigning(PoolLoad load) {
    new PoolMetrics("vidame_token_signing", "Tokens", "signed").show(load, registry);
  }

  /** With the first look, since what knows the JVM would make each start longer. */
  private void watchProcess() {
    JvmMemoryMetrics.builder().register(registry);
    JvmGarbageCollectorMetrics.builder().register(registry);
    JvmThreadsMetrics.builder().register(registry);
    String version = RequestMetrics.class.getPackage().getImplementationVersion();
    Info.builder()
        .name("vidame_build_info")
        .help("Which program this is")
        .labelNames("version", "java")
        .register(registry)
        .addLabelValues(version == null ? "development" : version, Runtime.version().toString());
  }

  /** Everything counted so far, as text. */
  public byte[] render() {
    if (knowsProcess.compareAndSet(false, true)) {
      watchProcess();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(out, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory cannot fail", e);
    }
    return out.toByteArray();
  }
}
