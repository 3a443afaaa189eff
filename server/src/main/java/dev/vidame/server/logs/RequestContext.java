package dev.vidame.server.logs;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the request that a thread is answering; what is logged meanwhile can say which
 * one it was. Written by that thread only.
 */
public final class RequestContext {
  private static final ScopedValue<RequestContext> CURRENT = ScopedValue.newInstance();

  private final UUID requestId;
  private final UUID correlationId;
  private String operation = "unknown";
  private @Nullable Object partner;
  private @Nullable String trace;
  private long waitedNanos;

  /**
   * A request of which nothing else is known yet.
   *
   * @param requestId its name
   * @param correlationId the name of what it is part of
   */
  public RequestContext(UUID requestId, UUID correlationId) {
    this.requestId = requestId;
    this.correlationId = correlationId;
  }

  /** The request that this thread is answering. */
  public static Optional<RequestContext> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /** Does the work as a part of this request. */
  public <R> R run(Supplier<R> work) {
    return ScopedValue.where(CURRENT, this).call(work::get);
  }

  /** The route turned out to be this one. */
  public void operation(String name) {
    operation = name;
  }

  /** Who calls has proved to belong to this partner. */
  public void partner(Object id) {
    partner = id;
  }

  /** It waited so long because its caller asked for that, which is no time that it took. */
  public void waited(long nanos) {
    waitedNanos += nanos;
  }

  /** How long it waited because its caller asked for that, in nanoseconds. */
  public long waitedNanos() {
    return waitedNanos;
  }

  /** The request is traced under this id. */
  public void trace(String id) {
    trace = id;
  }

  /** The caller's name for the request, or one made up. */
  public UUID requestId() {
    return requestId;
  }

  /** The caller's name for what the request is part of, or one made up. */
  public UUID correlationId() {
    return correlationId;
  }

  /** The route's name; {@code unknown} where there is no such route. */
  public String operation() {
    return operation;
  }

  /** The partner's id, once it is proved. */
  public @Nullable Object partner() {
    return partner;
  }

  /** The trace's id, where the request is traced. */
  public @Nullable String trace() {
    return trace;
  }
}
