package dev.vidame.sdk;

import dev.vidame.sdk.Reply.Answer;
import dev.vidame.sdk.Reply.NoAnswer;
import dev.vidame.wire.Guid;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Fetches a token from a token endpoint, with retries. Thread-safe. */
final class TokenRequests {
  /** A hundred years in seconds, where a larger number would overflow a time. */
  private static final long MAX_LIFETIME = 100L * 365 * 86_400;

  private static final long USUAL_CODE_SECONDS = 900;
  private static final long USUAL_INTERVAL_SECONDS = 5;
  private static final long MAX_CODE_SECONDS = 3600;

  private final Transport transport;
  private final Retries retries;
  private final Clock clock;

  TokenRequests(Transport transport, Retries retries, Clock clock) {
    this.transport = transport;
    this.retries = retries;
    this.clock = clock;
  }

  /** Who asks: an application's id, and what proves it. */
  record Client(String id, ClientProof proof) {}

  /** A code for a device, what to ask with meanwhile, and how often. */
  record Asked(DeviceCode code, String deviceCode, Duration interval) {
    @Override
    public String toString() {
      return "Asked[deviceCode=***, interval=" + interval + "]";
    }
  }

  AccessToken fetch(TokenEndpoint endpoint, Client client, Grant grant) {
    Instant asked = clock.instant();
    return token(send(endpoint, () -> request(endpoint, client, grant)), asked, grant);
  }

  /** Asks for a code with which a person signs in elsewhere. */
  Asked askForCode(TokenEndpoint endpoint, Client client) {
    Instant asked = clock.instant();
    Map<String, String> form = new TreeMap<>(client.proof().form(endpoint.uri()));
    form.put("client_id", client.id());
    form.put("scope", Grant.deviceScope(endpoint.resource()));
    Answer answer = send(endpoint, () -> post(endpoint.deviceCodeUri(), form));
    TokenAnswer body = TokenAnswer.read(answer.body());
    String userCode = body.text("user_code");
    String deviceCode = body.text("device_code");
    String where = body.text("verification_uri");
    if (userCode == null || deviceCode == null || where == null) {
      throw unusable(answer, "The token endpoint answered without a usable code", null);
    }
    String message = body.text("message");
    return new Asked(
        new DeviceCode(
            userCode,
            URI.create(where),
            message == null ? where + ": " + userCode : message,
            asked.plusSeconds(seconds(body, "expires_in", USUAL_CODE_SECONDS))),
        deviceCode,
        Duration.ofSeconds(seconds(body, "interval", USUAL_INTERVAL_SECONDS)));
  }

  private static long seconds(TokenAnswer body, String name, long usual) {
    Long number = body.number(name);
    return number == null || number < 1 ? usual : Math.min(number, MAX_CODE_SECONDS);
  }

  private Answer send(TokenEndpoint endpoint, Supplier<HttpRequest> request) {
    Retries.Series series = retries.series();
    while (true) {
      Reply reply = transport.send(request.get());
      if (reply instanceof Answer answer && answer.isSuccess()) {
        series.succeeded();
        return answer;
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
    form.putAll(client.proof().form(endpoint.uri()));
    if (endpoint.version() == TokenEndpoint.Version.V1) {
      form.put("resource", endpoint.resource());
      if (grant.isForUser()) {
        form.put("scope", "openid");
      }
    } else {
      form.put("scope", grant.scope(endpoint.resource()));
    }
    return post(endpoint.uri(), form);
  }

  private static HttpRequest post(URI uri, Map<String, String> form) {
    String body =
        form.entrySet().stream()
            .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&"));
    return HttpRequests.to(uri)
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
      throw unusable(answer, "The token endpoint answered without a usable access_token", e);
    }
  }

  private static PartnerException unusable(
      Answer answer, String description, @Nullable Throwable cause) {
    return new PartnerException(
        new Failure(answer.status(), 0, description, List.of(), null, null, null), cause);
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
    return isRefusal ? new AuthenticationException(failure, error, null) : failure.exception();
  }

  private static @Nullable UUID guid(@Nullable String text) {
    return text == null ? null : Guid.parse(text).orElse(null);
  }
}
