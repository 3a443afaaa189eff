package dev.vidame.server.tracing;

import dev.vidame.directory.observation.TransactionObserver;
import dev.vidame.server.logs.RequestContext;
import org.jspecify.annotations.Nullable;

/** Traces nothing. */
enum NoTracing implements Tracing, Tracing.RequestSpan {
  NONE;

  @Override
  public RequestSpan begin(TracedRequest request) {
    return this;
  }

  @Override
  public @Nullable TransactionObserver transactions() {
    return null;
  }

  @Override
  public @Nullable String trace() {
    return null;
  }

  @Override
  public void end(RequestContext context, Answered answer) {}

  @Override
  public void close() {}
}
