package dev.vidame.sdk;

import dev.vidame.sdk.TokenRequests.Asked;
import dev.vidame.sdk.TokenRequests.Client;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Signs a person in with another device, unless a refresh token still does. Thread-safe. */
final class DeviceSignIn {
  /** How much slower to ask when the service says so (RFC 8628). */
  private static final Duration SLOWER = Duration.ofSeconds(5);

  private final TokenRequests requests;
  private final Surroundings surroundings;
  private final Consumer<DeviceCode> prompt;
  private final RefreshTokenStore store;

  DeviceSignIn(TokenRequests requests, Surroundings surroundings, Grant.DeviceCodes grant) {
    this.requests = requests;
    this.surroundings = surroundings;
    this.prompt = grant.prompt();
    this.store = grant.store();
  }

  AccessToken fetch(TokenEndpoint endpoint, Client client) {
    if (!store.load().isEmpty()) {
      try {
        return requests.fetch(endpoint, client, new Grant.RefreshToken(store));
      } catch (AuthenticationException e) {
        if (!"invalid_grant".equals(e.oauthError())) {
          throw e;
        }
      }
    }
    TokenEndpoint newer = endpoint.withVersion(TokenEndpoint.Version.V2);
    Asked asked = requests.askForCode(newer, client);
    prompt.accept(asked.code());
    return poll(newer, client, asked);
  }

  private AccessToken poll(TokenEndpoint endpoint, Client client, Asked asked) {
    Grant grant = new Grant.Device(asked.deviceCode(), store);
    Duration interval = asked.interval();
    Instant end = asked.code().expiresAt();
    while (true) {
      sleep(interval);
      try {
        return requests.fetch(endpoint, client, grant);
      } catch (AuthenticationException e) {
        if ("slow_down".equals(e.oauthError())) {
          interval = interval.plus(SLOWER);
        } else if (!"authorization_pending".equals(e.oauthError())) {
          throw e;
        }
        if (!surroundings.clock().instant().isBefore(end)) {
          throw tooLate(e);
        }
      }
    }
  }

  private static AuthenticationException tooLate(AuthenticationException last) {
    Failure failure =
        new Failure(
            last.status(),
            0,
            "Nobody signed in with the device's code in time",
            List.of(),
            null,
            null,
            null);
    return new AuthenticationException(failure, "expired_token", last);
  }

  private void sleep(Duration time) {
    try {
      surroundings.sleeper().sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PartnerException(
          Failure.withoutAnswer("The thread was interrupted while it waited for a sign-in"), e);
    }
  }
}
