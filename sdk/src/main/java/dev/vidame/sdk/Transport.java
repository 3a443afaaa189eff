package dev.vidame.sdk;

import dev.vidame.sdk.Reply.Answer;
import dev.vidame.sdk.Reply.NoAnswer;
import dev.vidame.sdk.Reply.NoAnswer.Why;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request and says how it went. Thread-safe.
 *
 * <p>The time limit covers the whole exchange. The limit that an {@link HttpRequest} can carry does
 * not: it ends with the answer's headers, so a body that never comes would hold the caller for
 * ever.
 *
 * <p>One habit of the JDK cannot be switched off here: it repeats a GET itself when the connection
 * ends before the first byte of an answer. Changes are never repeated that way.
 */
final class Transport {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private static final int MAX_ANSWER_BYTES = 16 << 20;

  private final HttpClient http;
  private final Duration timeout;

  Transport(HttpClient http, Duration timeout) {
    this.http = http;
    this.timeout = timeout;
  }

  /** The client that is used when the caller brings none. */
  static HttpClient standardClient() {
    return HttpClient.newBuilder()
        .connectTimeout(CONNECT_TIMEOUT)
        .followRedirects(HttpClient.Redirect.NEVER)
        .build();
  }

  /** Sends with the usual limit. */
  Reply send(HttpRequest request) {
    return send(request, null);
  }

  /**
   * Leaves the thread's interrupt flag set when it is interrupted.
   *
   * @param left how much time there is, where that may be less than the usual limit
   */
  Reply send(HttpRequest request, @Nullable Duration left) {
    Duration limit = left == null || left.compareTo(timeout) > 0 ? timeout : left;
    if (limit.isNegative()) {
      return new NoAnswer(
          Why.NOT_CONNECTED, "No time was left for the exchange", new TimeoutException());
    }
    CompletableFuture<HttpResponse<byte[]>> pending =
        http.sendAsync(request, answer -> new LimitedBody(MAX_ANSWER_BYTES));
    try {
      HttpResponse<byte[]> response = pending.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (TimeoutException e) {
      pending.cancel(true);
      return new NoAnswer(Why.TIMED_OUT, "No complete answer within " + limit, e);
    } catch (InterruptedException e) {
      pending.cancel(true);
      Thread.currentThread().interrupt();
      return new NoAnswer(Why.INTERRUPTED, "The thread was interrupted during the exchange", e);
    } catch (ExecutionException e) {
      return broken(request, e);
    }
  }

  private static NoAnswer broken(HttpRequest request, ExecutionException e) {
    if (!(e.getCause() instanceof IOException cause)) {
      throw new IllegalStateException("The HTTP client failed", e.getCause());
    }
    String peer = request.uri().getScheme() + "://" + request.uri().getRawAuthority();
    return cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException
        ? new NoAnswer(Why.NOT_CONNECTED, "No connection to " + peer, cause)
        : new NoAnswer(Why.LOST, "The connection to " + peer + " broke", cause);
  }
}
