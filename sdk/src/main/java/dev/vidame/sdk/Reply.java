package dev.vidame.sdk;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one attempt brought. */
sealed interface Reply {

  /** Whether trying again may help, for an attempt that only reads or for one that changes. */
  boolean isTransient(boolean isRead);

  /** Whether a change that was attempted may or may not have been made. */
  boolean leavesDoubt();

  boolean isTimeout();

  /** How long the service asked to wait, or null. */
  @Nullable Duration retryAfter(Clock clock);

  /** An answer, complete. */
  final class Answer implements Reply {
    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    Answer(int status, HttpHeaders headers, byte[] body) {
      this.status = status;
      this.headers = headers;
      this.body = body;
    }

    int status() {
      return status;
    }

    HttpHeaders headers() {
      return headers;
    }

    @Nullable String header(String name) {
      return headers.firstValue(name).orElse(null);
    }

    byte[] body() {
      return body;
    }

    boolean isSuccess() {
      return status >= 200 && status < 300;
    }

    @Override
    public boolean isTransient(boolean isRead) {
      return switch (status) {
        case 429, 502, 503, 504 -> true;
        case 500 -> isRead;
        default -> false;
      };
    }

    @Override
    public boolean leavesDoubt() {
      return status >= 500 && status != 501;
    }

    @Override
    public boolean isTimeout() {
      return false;
    }

    @Override
    public @Nullable Duration retryAfter(Clock clock) {
      return RetryAfter.read(header("Retry-After"), header("Date"), clock);
    }
  }

  /**
   * No answer, or half of one.
   *
   * @param why what happened
   * @param description for a person
   * @param cause what was thrown
   */
  record NoAnswer(Why why, String description, Exception cause) implements Reply {

    /** Why there is no answer. */
    enum Why {
      /** The request never left. */
      NOT_CONNECTED,
      /** The connection ended before the whole answer was there. */
      LOST,
      /** The answer did not come in time. */
      TIMED_OUT,
      /** The calling thread was interrupted after the request left. */
      INTERRUPTED,
      /** The calling thread was interrupted while no request was under way. */
      INTERRUPTED_WAITING
    }

    static NoAnswer interruptedWaiting(InterruptedException e) {
      return new NoAnswer(
          Why.INTERRUPTED_WAITING, "The thread was interrupted between two attempts", e);
    }

    @Override
    public boolean isTransient(boolean isRead) {
      return why == Why.NOT_CONNECTED || why == Why.LOST || why == Why.TIMED_OUT;
    }

    @Override
    public boolean leavesDoubt() {
      return why == Why.LOST || why == Why.TIMED_OUT || why == Why.INTERRUPTED;
    }

    @Override
    public boolean isTimeout() {
      return why == Why.TIMED_OUT;
    }

    @Override
    public @Nullable Duration retryAfter(Clock clock) {
      return null;
    }
  }
}
