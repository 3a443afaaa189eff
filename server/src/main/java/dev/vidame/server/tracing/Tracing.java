package dev.vidame.server.tracing;

import dev.vidame.directory.observation.TransactionObserver;
import dev.vidame.server.logs.RequestContext;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Traces requests, or does not. Thread-safe. */
public interface Tracing extends AutoCloseable {
  /**
   * Where traces go.
   *
   * @param endpoint the whole address of a collector that takes OTLP over HTTP
   * @param sampledPercent how many of a hundred requests are traced, where their caller does not
   *     say
   */
  record Destination(URI endpoint, int sampledPercent) {}

  /** The span of a request. Used by the thread that answers it. */
  interface RequestSpan {
    /** The trace's id; null where the request is not traced. */
    @Nullable String trace();

    /**
     * The request is answered.
     *
     * @param context what is known of it
     * @param answer what became of it
     */
    void end(RequestContext context, Answered answer);
  }

  /**
   * What became of a request.
   *
   * @param template the route's template; null where there is no such route
   * @param parameters what stands in the path for the template's braces, in order
   * @param status the HTTP status
   */
  record Answered(@Nullable String template, List<String> parameters, int status) {}

  /** A request is to be answered by this thread, which ends the span. */
  RequestSpan begin(TracedRequest request);

  /** Who traces the transactions of requests; null for nobody. */
  @Nullable TransactionObserver transactions();

  /** Sends what has not been sent yet, for two seconds at most. */
  @Override
  void close();

  /** Traces nothing, and costs nothing. */
  static Tracing none() {
    return NoTracing.NONE;
  }

  /** Traces to the destination; nothing where there is none. */
  static Tracing open(Optional<Destination> destination) {
    return destination.isPresent() ? OtlpTracing.open(destination.get()) : none();
  }
}
