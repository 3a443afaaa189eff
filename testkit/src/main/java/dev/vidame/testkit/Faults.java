package dev.vidame.testkit;

import dev.vidame.server.http.Answer;
import dev.vidame.server.http.Answering;
import dev.vidame.server.http.ApiException;
import dev.vidame.server.http.Correlation;
import io.helidon.webserver.CloseConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong, as a test scripts it, for requests of its choice. A reset ends all of it.
 * Thread-safe.
 *
 * {@snippet :
 * vidame.faults().on("PATCH", "/v1/customers/{c}/users/{u}").times(2).gateway429(Duration.ofSeconds(1));
 * vidame.faults().on("GET", "/v1/customers/{c}/users").after(1).times(1).expireToken();
 * vidame.faults().onAll().latency(Duration.ofMillis(50));
 * }
 *
 * <p>Of several faults that hit one request, all delays happen, and of the others the one that was
 * scripted first. A fault stands before the production API and changes nothing in it: a cut after
 * the effect and a token that expires go through the API itself.
 */
public final class Faults {
  private final List<Fault> scripted = new ArrayList<>();
  private final Set<String> expired = new HashSet<>();
  private CountDownLatch end = new CountDownLatch(1);

  Faults() {}

  /** What happens to a request. */
  sealed interface Effect {
    /** The answer comes later. */
    record Delay(Duration time) implements Effect {}

    /** The API does not hear of the request. */
    record Reply(Answer answer) implements Effect {}

    /** The connection ends without an answer. */
    record Cut(boolean isAfterEffect) implements Effect {}

    /** The request's token is no good from now on. */
    record Expiry() implements Effect {}
  }

  /**
   * What a request got.
   *
   * @param answerOrNull null where the connection is to end
   * @param faults the names of those that had a hand in it
   */
  record Outcome(@Nullable Answer answerOrNull, String faults) {
    boolean isCut() {
      return answerOrNull == null;
    }

    Answer answer() {
      return Objects.requireNonNull(answerOrNull);
    }

    Answer answerOrCut() {
      if (isCut()) {
        throw new CloseConnectionException("Cut by a scripted fault");
      }
      return answer();
    }
  }

  /**
   * Requests of one route.
   *
   * @param method such as {@code PATCH}, or {@code *} for any
   * @param path such as {@code /v1/customers/{customer}/users/{user}}, where what stands in braces
   *     matches any one segment, and {@code **} at the end any number of them
   */
  public FaultPoint on(String method, String path) {
    return new FaultPoint(this, RoutePattern.of(method, path));
  }

  /** All requests, those for tokens too. */
  public FaultPoint onAll() {
    return on("*", "/**");
  }

  /** Ends all faults: those that wait go on, expired tokens are good again. */
  public synchronized void clear() {
    scripted.clear();
    expired.clear();
    end.countDown();
    end = new CountDownLatch(1);
  }

  synchronized Fault add(Fault fault) {
    scripted.add(fault);
    return fault;
  }

  synchronized void remove(Fault fault) {
    scripted.remove(fault);
  }

  private synchronized List<Fault> hitting(KeptRequest request) {
    Incoming incoming = new Incoming(request);
    return scripted.stream().filter(fault -> fault.hits(incoming)).toList();
  }

  private synchronized boolean isExpired(KeptRequest request) {
    return request.token().filter(expired::contains).isPresent();
  }

  private synchronized void expire(KeptRequest request) {
    request.token().ifPresent(expired::add);
  }

  private synchronized CountDownLatch end() {
    return end;
  }

  /** Lets the API answer, or not. */
  Outcome answer(KeptRequest request, Correlation correlation, Answering api) {
    List<Fault> hits = hitting(request);
    String names = hits.stream().map(Fault::name).collect(Collectors.joining(", "));
    hits.stream()
        .map(Fault::effect)
        .filter(Effect.Delay.class::isInstance)
        .forEach(effect -> delay(((Effect.Delay) effect).time()));
    Effect first =
        hits.stream()
            .map(Fault::effect)
            .filter(effect -> !(effect instanceof Effect.Delay))
            .findFirst()
            .orElse(null);
    if (first instanceof Effect.Reply(Answer answer)) {
      return new Outcome(answer, names);
    }
    if (first instanceof Effect.Cut(boolean isAfterEffect) && !isAfterEffect) {
      takeBody(request);
      return new Outcome(null, names);
    }
    if (first instanceof Effect.Expiry) {
      expire(request);
    }
    if (isExpired(request)) {
      request.spoilToken();
      names = names.isEmpty() ? "a token that expired before" : names;
    }
    Answer answer = api.answer(request, correlation);
    return new Outcome(first instanceof Effect.Cut ? null : answer, names);
  }

  /** Or the end of the connection would overtake what the client still sends. */
  private static void takeBody(KeptRequest request) {
    try {
      var _ = request.body();
    } catch (ApiException e) {
      // Too large a body is cut as well.
    }
  }

  private void delay(Duration time) {
    try {
      var _ = end().await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
