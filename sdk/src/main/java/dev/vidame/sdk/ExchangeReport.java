package dev.vidame.sdk;

import dev.vidame.sdk.Reply.Answer;
import dev.vidame.sdk.Reply.NoAnswer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Tells an observer of an attempt, if there is one. Thread-safe. */
final class ExchangeReport {
  private static final Logger LOGGER = System.getLogger("dev.vidame.sdk");

  private final @Nullable ExchangeObserver observer;

  ExchangeReport(@Nullable ExchangeObserver observer) {
    this.observer = observer;
  }

  void tell(SentRequest sent, Reply reply, Duration duration) {
    if (observer == null) {
      return;
    }
    Exchange exchange = exchange(sent, reply, duration);
    try {
      observer.exchanged(exchange);
    } catch (RuntimeException e) {
      LOGGER.log(Level.WARNING, "An exchange observer failed", e);
    }
  }

  private static Exchange exchange(SentRequest sent, Reply reply, Duration duration) {
    HttpRequest http = sent.http();
    byte[] body = sent.body();
    Exchange.Request request =
        new Exchange.Request(
            http.method(),
            http.uri(),
            Redaction.headers(http.headers()),
            body == null ? null : Redaction.body(body));
    if (reply instanceof Answer answer) {
      Exchange.Response response =
          new Exchange.Response(
              answer.status(), Redaction.headers(answer.headers()), Redaction.body(answer.body()));
      return new Exchange(request, response, null, duration, sent.attempt());
    }
    String failure = ((NoAnswer) reply).description();
    return new Exchange(request, null, failure, duration, sent.attempt());
  }

  /** A request as it left. */
  static final class SentRequest {
    private final HttpRequest http;
    private final byte @Nullable [] body;
    private final int attempt;

    SentRequest(HttpRequest http, byte @Nullable [] body, int attempt) {
      this.http = http;
      this.body = body;
      this.attempt = attempt;
    }

    HttpRequest http() {
      return http;
    }

    byte @Nullable [] body() {
      return body;
    }

    int attempt() {
      return attempt;
    }
  }
}
