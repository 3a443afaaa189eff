package dev.vidame.sdk;

import dev.vidame.sdk.ExchangeReport.SentRequest;
import dev.vidame.sdk.Reply.Answer;
import dev.vidame.sdk.Reply.NoAnswer;
import dev.vidame.wire.WireFormatException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes calls of the API: headers, tokens, retries, failures. Thread-safe. */
final class ApiCalls {
  /*
   * The request id is what makes a change happen once. The service keeps it with the change, and
   * answers a second request under it with the first one's answer. So an attempt whose outcome is
   * unknown is repeated under its id, and from then on the id stays until the call ends: a 429 to
   * the second attempt says nothing about the first. Only while no attempt is in doubt does a
   * definite answer (429, 401) free the call to take a new id, as the API asks for.
   *
   * For the same reason a change that ends with an attempt in doubt ends in OutcomeUnknownException,
   * unless the service answered what it can only answer when it looked at the change itself. 401,
   * 403, 408 and 429 come before that look; 409 with code 990003 says that the first attempt is
   * still running. Nor is it known where the last attempt found what the first may have left: a
   * DELETE that finds nothing, a POST whose name is taken. Vidame would have answered those from
   * its memory of the first attempt; Partner Center does not promise to.
   */
  private final URI base;
  private final PartnerCredential credential;
  private final Transport transport;
  private final Duration timeout;
  private final Retries retries;
  private final Surroundings surroundings;
  private final ExchangeReport report;
  private final Map<String, String> headers;
  private final UUID correlationId;

  /** Where the API is, without its version. */
  URI base() {
    return base;
  }

  ApiCalls(PartnerClient.Builder settings, URI base, PartnerCredential credential) {
    this.base = base;
    this.credential = credential;
    this.transport = settings.transport();
    this.timeout = settings.timeout();
    this.surroundings = settings.surroundings();
    this.retries = new Retries(settings.retryPolicy(), surroundings);
    this.report = settings.report();
    this.headers = settings.headers();
    this.correlationId = surroundings.requestIds().get();
  }

  /** Time and chance. */
  Surroundings surroundings() {
    return surroundings;
  }

  /** How long a service may be silent before an attempt counts as failed. */
  Duration timeout() {
    return timeout;
  }

  <T extends @Nullable Object> PartnerResponse<T> make(ApiCall<T> call, RequestOptions options) {
    return new Run<>(call, options).run();
  }

  /** One call from its first attempt to its last. */
  private final class Run<T extends @Nullable Object> {
    private final ApiCall<T> call;
    private final RequestOptions options;
    private final UUID correlation;
    private final Retries.Series series;
    private UUID requestId;
    private int attempt;
    private boolean isInDoubt;
    private boolean isTokenRenewed;

    Run(ApiCall<T> call, RequestOptions options) {
      this.call = call;
      this.options = options;
      this.series = retries.series(options.timeout());
      this.correlation = Objects.requireNonNullElse(options.correlationId(), correlationId);
      UUID wanted = options.requestId();
      this.requestId = wanted == null ? surroundings.requestIds().get() : wanted;
    }

    PartnerResponse<T> run() {
      AccessToken token = token();
      while (true) {
        Reply reply = attempt(token);
        if (reply instanceof Answer answer && answer.isSuccess()) {
          series.succeeded();
          return response(answer);
        }
        isInDoubt |= !call.isRead() && reply.leavesDoubt();
        if (reply instanceof Answer answer && answer.status() == 401 && !isTokenRenewed) {
          isTokenRenewed = true;
          credential.invalidate(token);
          AccessToken renewed = token();
          if (renewed.value().equals(token.value())) {
            throw failure(answer);
          }
          token = renewed;
        } else {
          waitForNext(reply);
          token = token();
        }
        if (reply instanceof Answer) {
          renewRequestId(reply);
        }
      }
    }

    private void renewRequestId(Reply reply) {
      if (!reply.leavesDoubt() && !isInDoubt && options.requestId() == null) {
        requestId = surroundings.requestIds().get();
      }
    }

    private AccessToken token() {
      try {
        return credential.token();
      } catch (PartnerException e) {
        if (!isInDoubt) {
          throw e;
        }
        throw new OutcomeUnknownException(
            Failure.withoutAnswer("No token for another attempt").of(requestId, correlation), e);
      }
    }

    private void waitForNext(Reply reply) {
      try {
        if (!reply.isTransient(call.isRead()) || !series.waitForNext(reply)) {
          throw failure(reply);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw failure(NoAnswer.interruptedWaiting(e));
      }
    }

    private Reply attempt(AccessToken token) {
      attempt++;
      HttpRequest request = request(token);
      long start = System.nanoTime();
      Reply reply = transport.send(request, series.timeLeft());
      Duration duration = Duration.ofNanos(System.nanoTime() - start);
      report.tell(new SentRequest(request, call.body(), attempt), reply, duration);
      return reply;
    }

    private HttpRequest request(AccessToken token) {
      HttpRequest.Builder http =
          HttpRequests.to(URI.create(base + call.root() + call.path()))
              .header("Authorization", "Bearer " + token.value())
              .header("MS-RequestId", requestId.toString())
              .header("MS-CorrelationId", correlation.toString());
      headers.forEach(http::header);
      List<String> further = call.headers();
      for (int i = 0; i < further.size(); i += 2) {
        http.header(further.get(i), further.get(i + 1));
      }
      byte[] body = call.body();
      BodyPublisher publisher = BodyPublishers.noBody();
      if (body != null) {
        http.header("Content-Type", "application/json");
        publisher = BodyPublishers.ofByteArray(body);
      }
      EntityTag ifMatch = options.ifMatch();
      if (ifMatch != null && !call.isRead()) {
        http.header("If-Match", ifMatch.value());
      }
      return http.method(call.method(), publisher).build();
    }

    private PartnerResponse<T> response(Answer answer) {
      T value;
      try {
        value = call.read(answer.body());
      } catch (WireFormatException e) {
        Failure unreadable =
            new Failure(
                answer.status(),
                0,
                "The service did what was asked, but its answer cannot be read: " + e.getMessage(),
                List.of(),
                requestId,
                correlation,
                null);
        throw new PartnerException(unreadable, e);
      }
      return new PartnerResponse<>(
          value,
          answer.status(),
          requestId,
          correlation,
          entityTag(answer.header("ETag")),
          "true".equalsIgnoreCase(answer.header("MS-Replayed")));
    }

    private @Nullable EntityTag entityTag(@Nullable String header) {
      return header != null && HeaderValues.isUsable(header) ? new EntityTag(header) : null;
    }

    private PartnerException failure(Reply reply) {
      if (reply instanceof NoAnswer none) {
        Failure failure = Failure.withoutAnswer(none.description()).of(requestId, correlation);
        return isInDoubt
            ? new OutcomeUnknownException(failure, none.cause())
            : new PartnerException(failure, none.cause());
      }
      Failure failure =
          ErrorAnswers.read((Answer) reply, surroundings.clock()).of(requestId, correlation);
      return isInDoubt && !settles(failure)
          ? new OutcomeUnknownException(failure, null)
          : failure.exception();
    }

    private boolean settles(Failure failure) {
      if (call.findsItsOwnTrace(failure)) {
        return false;
      }
      return switch (failure.status()) {
        case 401, 403, 408, 429 -> false;
        case 409 -> failure.code() != Failure.REQUEST_ID_IN_USE;
        default -> failure.status() < 500;
      };
    }
  }
}
