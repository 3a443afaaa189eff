package dev.vidame.sdk;

import dev.vidame.sdk.Reply.Answer;
import dev.vidame.sdk.Reply.NoAnswer;
import dev.vidame.wire.Guid;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Fetches a token from a token endpoint, with retries. Thread-safe. */
final class TokenRequests {
  /** A hundred years in seconds, where a larger number would overflow a time. */
  private static final long MAX_LIFETIME = 100L * 365 * 86_400;

  private final Transport transport;
  private final Retries retries;
  private final Clock clock;

  TokenRequests(Transport transport, Retries retries, Clock clock) {
    this.transport = transport;
    this.retries = retries;
    this.clock = clock;
  }

  /** Who asks: a client id, and a secret unless the client is public. */
  record Client(String id, @Nullable String secret) {
    @Override
    public String toString() {
      return "Client[id=" + id + ", secret=***]";
    }
  }

  AccessToken fetch(TokenEndpoint endpoint, Client client, Grant grant) {
    Retries.Series series = retries.series();
    while (true) {
      Instant asked = clock.instant();
      Reply reply = transport.send(request(endpoint, client, grant));
      if (reply instanceof Answer answer && answer.isSuccess()) {
        series.succeeded();
        return token(answer, asked, grant);
      }
      try {
        // A grant changes nothing that a second one would spoil, so it counts as reading.
        if (!reply.isTransient(true) || !series.waitForNext(reply)) {
          throw failure(endpoint, reply);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw failure(endpoint, NoAnswer.interruptedWaiting(e));
      }
    }
  }

  private static HttpRequest request(TokenEndpoint endpoint, Client client, Grant grant) {
    Map<String, String> form = new TreeMap<>(grant.form());
    form.put("client_id", client.id());
    if (client.secret() != null) {
      form.put("client_secret", client.secret());
    }
    if (endpoint.version() == TokenEndpoint.Version.V1) {
      form.put("resource", endpoint.resource());
      if (grant.isForUser()) {
        form.put("scope", "openid");
      }
    } else {
      form.put("scope", endpoint.resource() + "/.default");
    }
    String body =
        form.entrySet().stream()
            .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&"));
    return HttpRequests.to(endpoint.uri())
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static AccessToken token(Answer answer, Instant asked, Grant grant) {
    TokenAnswer body = TokenAnswer.read(answer.body());
    String refreshToken = body.text("refresh_token");
    if (refreshToken != null) {
      grant.rotated(refreshToken);
    }
    String token = body.text("access_token");
    Long lifetime = body.number("expires_in");
    try {
      return new AccessToken(
          token == null ? "" : token,
          lifetime == null ? null : asked.plusSeconds(Math.min(lifetime, MAX_LIFETIME)));
    } catch (IllegalArgumentException e) {
      Failure failure =
          new Failure(
              answer.status(),
              0,
              "The token endpoint answered without a usable access_token",
              List.of(),
              null,
              null,
              null);
      throw new PartnerException(failure, e);
    }
  }

  private PartnerException failure(TokenEndpoint endpoint, Reply reply) {
    if (reply instanceof NoAnswer none) {
      return new PartnerException(
          Failure.withoutAnswer("No token from " + endpoint + ": " + none.description()),
          none.cause());
    }
    Answer answer = (Answer) reply;
    TokenAnswer body = TokenAnswer.read(answer.body());
    String error = body.text("error");
    String description = body.text("error_description");
    String reason = description == null ? error : description;
    Failure failure =
        new Failure(
            answer.status(),
            0,
            "No token from " + endpoint + (reason == null ? "" : ": " + reason),
            List.of(),
            guid(body.text("trace_id")),
            guid(body.text("correlation_id")),
            answer.retryAfter(clock));
    boolean isRefusal = answer.status() >= 400 && answer.status() < 500 && answer.status() != 429;
    return isRefusal
        ? new AuthenticationException(failure, error, null)
        : new PartnerException(failure, null);
  }

  private static @Nullable UUID guid(@Nullable String text) {
    return text == null ? null : Guid.parse(text).orElse(null);
  }
}
