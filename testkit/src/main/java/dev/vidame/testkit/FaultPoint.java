package dev.vidame.testkit;

import dev.vidame.server.http.Answer;
import dev.vidame.wire.ErrorBody;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** Which requests a fault hits, and which fault. Immutable: each word gives a new one. */
public final class FaultPoint {
  private static final String SOURCE = "PartnerApiServiceControllers";
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;

  private final Faults owner;
  private final Predicate<Incoming> requests;
  private final long spared;
  private final long most;

  FaultPoint(Faults owner, Predicate<Incoming> requests) {
    this(owner, requests, 0, Long.MAX_VALUE);
  }

  private FaultPoint(Faults owner, Predicate<Incoming> requests, long spared, long most) {
    this.owner = owner;
    this.requests = requests;
    this.spared = spared;
    this.most = most;
  }

  Predicate<Incoming> requests() {
    return requests;
  }

  long spared() {
    return spared;
  }

  long most() {
    return most;
  }

  /** Of these only those for which this holds. */
  public FaultPoint when(Predicate<Incoming> condition) {
    return new FaultPoint(owner, requests.and(condition), spared, most);
  }

  /** Lets the first ones through. */
  public FaultPoint after(int requests) {
    return new FaultPoint(owner, this.requests, requests, most);
  }

  /** So many, and no more; without this all until the reset. */
  public FaultPoint times(int requests) {
    return new FaultPoint(owner, this.requests, spared, requests);
  }

  /**
   * 429 in the form of the gateway before the live service, which is the production limiter's:
   * {@code statusCode} and {@code message} (wire-spec §7.4).
   */
  public Fault gateway429(Duration retryAfter) {
    long seconds = seconds(retryAfter);
    String body =
        "{ \"statusCode\": 429, \"message\": \"Rate limit is exceeded. Try again in "
            + seconds
            + " seconds.\" }";
    return reply("gateway429", TOO_MANY_REQUESTS, body.getBytes(StandardCharsets.UTF_8), seconds);
  }

  /** 429 in the form of other errors: {@code code} and {@code description} (wire-spec §8, 32). */
  public Fault api429(Duration retryAfter) {
    byte[] body =
        new ErrorBody(TOO_MANY_REQUESTS, "Too many requests.", List.of(), SOURCE).toJson();
    return reply("api429", TOO_MANY_REQUESTS, body, seconds(retryAfter));
  }

  /** 503, as a store that cannot answer gives it. */
  public Fault unavailable(Duration retryAfter) {
    byte[] body = new ErrorBody(800003, "Unexpected service error", List.of(), SOURCE).toJson();
    return reply("unavailable", UNAVAILABLE, body, seconds(retryAfter));
  }

  /** The request waits so long before the server sees it; a reset ends the waiting. */
  public Fault latency(Duration time) {
    return add("latency", new Faults.Effect.Delay(time));
  }

  /**
   * The connection ends and the request has no effect. A client may send a {@code GET} again by
   * itself then; the JDK's does on a connection that it had used before.
   */
  public Fault cutBeforeEffect() {
    return add("cutBeforeEffect", new Faults.Effect.Cut(false));
  }

  /** The request has its effect, and the connection ends without an answer. */
  public Fault cutAfterEffect() {
    return add("cutAfterEffect", new Faults.Effect.Cut(true));
  }

  /**
   * The token of a request that is hit is refused as one that has expired, now and in every later
   * request, until the client gets another.
   */
  public Fault expireToken() {
    return add("expireToken", new Faults.Effect.Expiry());
  }

  private Fault reply(String name, int status, byte[] body, long retryAfter) {
    Answer.Header header = new Answer.Header("Retry-After", Long.toString(retryAfter));
    return add(name, new Faults.Effect.Reply(Answer.json(status, body, header)));
  }

  private Fault add(String name, Faults.Effect effect) {
    return owner.add(new Fault(owner, this, name, effect));
  }

  private static long seconds(Duration time) {
    return Math.ceilDiv(time.toNanos(), Duration.ofSeconds(1).toNanos());
  }
}
