package dev.vidame.samples;

import dev.vidame.sdk.OAuthCredential;
import dev.vidame.sdk.PartnerClient;
import dev.vidame.sdk.PartnerCredential;
import dev.vidame.sdk.RefreshTokenStore;
import dev.vidame.sdk.TokenEndpoint;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.UserId;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a scenario needs to know, from environment variables. Immutable. */
final class SampleSettings {
  static final String USAGE =
      """

      A scenario takes its settings from the environment:

        VIDAME_ENDPOINT       the service, such as https://vidame.example, without /v1
        VIDAME_CUSTOMER       the customer's id, a GUID
        VIDAME_USER           the user account's id, a GUID; where the scenario is about one

      and its credential (App+User), either as a token

        VIDAME_TOKEN          an access token

      or as what it takes to get one:

        VIDAME_AUTHORITY      where tokens are fetched; the endpoint when not set
        VIDAME_PARTNER        the partner: its GUID or one of its domains
        VIDAME_CLIENT_ID      the application
        VIDAME_CLIENT_SECRET  its secret; not set for a public application
        VIDAME_REFRESH_TOKEN  a refresh token of the person who acts
        VIDAME_USERNAME       or the person's name
        VIDAME_PASSWORD       and password
      """;

  private final Map<String, String> environment;

  SampleSettings(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** A setting that a scenario asked for is not there. */
  static final class MissingException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    MissingException(String message) {
      super(message);
    }
  }

  /**
   * Reads what every scenario needs, and the account where one is named.
   *
   * @throws IllegalStateException when a setting is missing
   * @throws IllegalArgumentException when a setting is wrong
   */
  void check() {
    partner();
    customer();
    if (optional("VIDAME_USER") != null) {
      user();
    }
  }

  PartnerClient partner() {
    return PartnerClient.builder()
        .endpoint(uri("VIDAME_ENDPOINT"))
        .credential(credential())
        .applicationName("Vidame samples")
        .build();
  }

  CustomerId customer() {
    return CustomerId.of(required("VIDAME_CUSTOMER"));
  }

  UserId user() {
    return UserId.of(required("VIDAME_USER"));
  }

  private PartnerCredential credential() {
    String token = optional("VIDAME_TOKEN");
    return token == null ? oauth() : PartnerCredential.fixed(token);
  }

  private PartnerCredential oauth() {
    String authority =
        optional("VIDAME_AUTHORITY") == null ? "VIDAME_ENDPOINT" : "VIDAME_AUTHORITY";
    OAuthCredential.Builder builder =
        OAuthCredential.builder()
            .tokenEndpoint(TokenEndpoint.of(uri(authority), required("VIDAME_PARTNER")))
            .clientId(required("VIDAME_CLIENT_ID"));
    String secret = optional("VIDAME_CLIENT_SECRET");
    if (secret != null) {
      builder.clientSecret(secret);
    }
    String refreshToken = optional("VIDAME_REFRESH_TOKEN");
    if (refreshToken != null) {
      builder.refreshToken(RefreshTokenStore.inMemory(refreshToken));
    } else {
      builder.userPassword(required("VIDAME_USERNAME"), required("VIDAME_PASSWORD"));
    }
    return builder.build();
  }

  private URI uri(String name) {
    return URI.create(required(name));
  }

  private String required(String name) {
    String value = optional(name);
    if (value == null) {
      throw new MissingException(name + " is not set.");
    }
    return value;
  }

  private @Nullable String optional(String name) {
    String value = environment.get(name);
    return value == null || value.isBlank() ? null : value.strip();
  }
}
