package dev.vidame.server.tracing;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.observation.TransactionObserver;
import dev.vidame.server.logs.RequestContext;
import dev.vidame.wire.Guid;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Traces with OpenTelemetry and sends OTLP over HTTP (docs/decisions/0051). Thread-safe.
 *
 * <p>What callers chose themselves stays out: of the path only GUIDs are told, and nothing of the
 * query, of other headers, or of bodies.
 */
final class OtlpTracing implements Tracing {
  /** A second's worth. What comes while it is full is dropped. */
  static final int MOST_WAITING = 2_048;

  static final int MOST_AT_ONCE = 512;
  private static final Duration SENT_AFTER = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int SECONDS_TO_CLOSE = 2;
  private static final int FIRST_SERVER_ERROR = 500;

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");
  private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
  private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
  private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
  private static final AttributeKey<String> REQUEST = AttributeKey.stringKey("vidame.request_id");
  private static final AttributeKey<String> CORRELATION =
      AttributeKey.stringKey("vidame.correlation_id");
  private static final AttributeKey<String> PARTNER = AttributeKey.stringKey("vidame.partner_id");

  private static final TextMapGetter<TracedRequest> HEADERS =
      (request, name) -> request == null ? null : request.header(name).orElse(null);

  private final SdkTracerProvider provider;
  private final Tracer tracer;

  private OtlpTracing(SdkTracerProvider provider) {
    this.provider = provider;
    this.tracer = provider.get("dev.vidame.server");
  }

  /** Begins to send; whether anybody listens there does not matter. */
  static OtlpTracing open(Destination destination) {
    OtlpHttpSpanExporter exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(destination.endpoint().toString())
            .setTimeout(PATIENCE)
            .setConnectTimeout(PATIENCE)
            .setRetryPolicy(null)
            .build();
    return new OtlpTracing(
        SdkTracerProvider.builder()
            .setResource(
                Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), "vidame")))
            .setSampler(
                Sampler.parentBased(
                    Sampler.traceIdRatioBased(destination.sampledPercent() / 100.0)))
            .addSpanProcessor(
                BatchSpanProcessor.builder(exporter)
                    .setMaxQueueSize(MOST_WAITING)
                    .setMaxExportBatchSize(MOST_AT_ONCE)
                    .setScheduleDelay(SENT_AFTER)
                    .setExporterTimeout(PATIENCE)
                    .build())
            .build());
  }

  @Override
  @SuppressWarnings("MustBeClosedChecker") // the span closes its scope when it ends
  public RequestSpan begin(TracedRequest request) {
    Context caller =
        W3CTraceContextPropagator.getInstance().extract(Context.root(), request, HEADERS);
    Span span =
        tracer
            .spanBuilder("unknown")
            .setParent(caller)
            .setSpanKind(SpanKind.SERVER)
            .setAttribute(METHOD, METHODS.contains(request.method()) ? request.method() : "_OTHER")
            .startSpan();
    return new Begun(span, caller.with(span).makeCurrent());
  }

  @Override
  public TransactionObserver transactions() {
    return this::transaction;
  }

  /** What the server does by itself belongs to no request, and is not traced. */
  private TransactionObserver.Ending transaction(TransactionObserver.Kind kind) {
    if (!Span.current().isRecording()) {
      return problem -> {};
    }
    Span span =
        tracer
            .spanBuilder(kind == TransactionObserver.Kind.READ ? "store.read" : "store.write")
            .startSpan();
    return problem -> {
      if (problem != null) {
        fail(span, problem);
      }
      span.end();
    };
  }

  /** That a change is refused is nothing wrong with the store. */
  private static void fail(Span span, Throwable problem) {
    Object what = problem instanceof DirectoryException told ? told.failure() : problem;
    span.setAttribute(ERROR, what.getClass().getSimpleName());
    if (!(what instanceof Failure) || what instanceof Failure.StoreUnavailable) {
      span.setStatus(StatusCode.ERROR);
    }
  }

  @Override
  public void close() {
    var _ = provider.shutdown().join(SECONDS_TO_CLOSE, TimeUnit.SECONDS);
  }

  /** The template with the path's GUIDs in it. */
  private static String path(String template, List<String> parameters) {
    StringBuilder path = new StringBuilder();
    int parameter = 0;
    for (String segment : template.substring(1).split("/", -1)) {
      String text = segment;
      if (segment.startsWith("{")) {
        text = Guid.parse(parameters.get(parameter)).map(UUID::toString).orElse(segment);
        parameter++;
      }
      path.append('/').append(text);
    }
    return path.toString();
  }

  /** A span that is the thread's current one until it ends. */
  private record Begun(Span span, Scope scope) implements RequestSpan {
    @Override
    public @Nullable String trace() {
      return span.isRecording() ? span.getSpanContext().getTraceId() : null;
    }

    @Override
    public void end(RequestContext context, Answered answer) {
      scope.close();
      if (span.isRecording()) {
        describe(context, answer);
      }
      span.end();
    }

    private void describe(RequestContext context, Answered answer) {
      span.updateName(context.operation());
      span.setAttribute(STATUS, (long) answer.status());
      span.setAttribute(REQUEST, context.requestId().toString());
      span.setAttribute(CORRELATION, context.correlationId().toString());
      String template = answer.template();
      if (template != null) {
        span.setAttribute(ROUTE, template);
        span.setAttribute(PATH, path(template, answer.parameters()));
      }
      Object partner = context.partner();
      if (partner != null) {
        span.setAttribute(PARTNER, partner.toString());
      }
      if (answer.status() >= FIRST_SERVER_ERROR) {
        span.setAttribute(ERROR, Integer.toString(answer.status()));
        span.setStatus(StatusCode.ERROR);
      }
    }
  }
}
