package dev.vidame.sdk;

import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Fetches tokens from an OAuth 2.0 token endpoint and keeps each until 120 s before it expires.
 * Immutable from outside and thread-safe: of many threads that need a token one fetches it, while
 * the others go on with the old one or, when it is of no more use, wait.
 *
 * <p>Four grants, of which a builder takes one. User accounts can be changed only in the name of a
 * person, that is with any but the first:
 *
 * <ul>
 *   <li>{@link Builder#clientCredentials()}: the application for itself;
 *   <li>{@link Builder#userPassword}: a person, by name and password;
 *   <li>{@link Builder#refreshToken}: a person who signed in earlier;
 *   <li>{@link Builder#deviceCode}: a person who signs in with a browser somewhere, once, and a
 *       refresh token from then on.
 * </ul>
 *
 * <p>The application proves itself with a {@link Builder#clientSecret secret} or a {@link
 * Builder#clientCertificate certificate}, or is public and has neither.
 *
 * {@snippet :
 * PartnerCredential credential =
 *     OAuthCredential.builder()
 *         .tokenEndpoint(TokenEndpoint.of(URI.create("https://vidame.example"), "contoso.example"))
 *         .clientId(clientId)
 *         .refreshToken(store)
 *         .build();
 * }
 */
public final class OAuthCredential implements PartnerCredential {
  private final CachedCredential cache;
  private final TokenEndpoint endpoint;

  private OAuthCredential(CachedCredential cache, TokenEndpoint endpoint) {
    this.cache = cache;
    this.endpoint = endpoint;
  }

  /** A builder that knows nothing yet. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public AccessToken token() {
    return cache.token();
  }

  @Override
  public void invalidate(AccessToken refused) {
    cache.invalidate(refused);
  }

  /** Names the endpoint, never a secret. */
  @Override
  public String toString() {
    return "OAuthCredential[" + endpoint + "]";
  }

  /** Builds a credential. Not thread-safe. */
  public static final class Builder {
    private @Nullable TokenEndpoint endpoint;
    private @Nullable String clientId;
    private @Nullable String clientSecret;
    private @Nullable ClientCertificate certificate;
    private @Nullable Grant grant;
    private @Nullable HttpClient http;
    private Duration timeout = Duration.ofSeconds(30);
    private RetryPolicy retryPolicy = RetryPolicy.standard();
    private Surroundings surroundings = Surroundings.real();

    private Builder() {}

    /** Sets where tokens are fetched. Required. */
    public Builder tokenEndpoint(TokenEndpoint value) {
      endpoint = value;
      return this;
    }

    /** Sets the application's id. Required. */
    public Builder clientId(String value) {
      clientId = value;
      return this;
    }

    /** Sets the application's secret; a public application has none. */
    public Builder clientSecret(String value) {
      clientSecret = value;
      return this;
    }

    /** Sets what the application signs with in place of sending a secret. */
    public Builder clientCertificate(ClientCertificate value) {
      certificate = value;
      return this;
    }

    /**
     * Signs in as the application itself, which needs a client secret or a certificate.
     *
     * @throws IllegalStateException when another grant was chosen
     */
    public Builder clientCredentials() {
      return grant(new Grant.ClientCredentials());
    }

    /**
     * Signs in as a person whose password is at hand. Only for tests and closed machines: whoever
     * can, uses a refresh token.
     *
     * @throws IllegalStateException when another grant was chosen
     */
    public Builder userPassword(String username, String password) {
      return grant(new Grant.UserPassword(username, password));
    }

    /**
     * As {@link #userPassword(String, String)}, and keeps the refresh token that comes with the
     * tokens, so that from the next start on {@link #refreshToken} does without the password.
     *
     * @param store keeps the refresh token, where the service gives one
     * @throws IllegalStateException when another grant was chosen
     */
    public Builder userPassword(String username, String password, RefreshTokenStore store) {
      return grant(new Grant.KeptUserPassword(new Grant.UserPassword(username, password), store));
    }

    /**
     * Signs in as a person who signed in earlier.
     *
     * @throws IllegalStateException when another grant was chosen
     */
    public Builder refreshToken(RefreshTokenStore store) {
      return grant(new Grant.RefreshToken(store));
    }

    /**
     * Signs in as a person who is shown a code and types it into a browser somewhere. That happens
     * where the store has no refresh token that is still good, on the thread of the call that needs
     * a token, which then waits.
     *
     * @param prompt shows the code to the person
     * @param store keeps the refresh token, so that nobody is asked again
     * @throws IllegalStateException when another grant was chosen
     */
    public Builder deviceCode(Consumer<DeviceCode> prompt, RefreshTokenStore store) {
      return grant(new Grant.DeviceCodes(prompt, store));
    }

    private Builder grant(Grant value) {
      if (grant != null) {
        throw new IllegalStateException(
            "Choose one of clientCredentials, userPassword, refreshToken and deviceCode");
      }
      grant = value;
      return this;
    }

    /** Sets the HTTP client, for proxies and certificates; by default an own one is made. */
    public Builder httpClient(HttpClient value) {
      http = value;
      return this;
    }

    /**
     * Sets how long one attempt may take in all; 30 s by default.
     *
     * @throws IllegalArgumentException when the time is not positive
     */
    public Builder requestTimeout(Duration value) {
      timeout = PartnerClient.Builder.requirePositive(value);
      return this;
    }

    /** Sets how often a token request is tried again; {@link RetryPolicy#standard()} by default. */
    public Builder retryPolicy(RetryPolicy value) {
      retryPolicy = value;
      return this;
    }

    /** Sets the clock that tells when a token expires; the system's by default. */
    public Builder clock(Clock value) {
      surroundings =
          new Surroundings(
              value, surroundings.sleeper(), surroundings.random(), surroundings.requestIds());
      return this;
    }

    Builder surroundings(Surroundings value) {
      surroundings = value;
      return this;
    }

    /**
     * The credential. It fetches nothing yet.
     *
     * @throws IllegalStateException when the endpoint, the client id or the grant is missing, or
     *     the secret or certificate that client credentials need, or when there are both
     */
    public OAuthCredential build() {
      TokenEndpoint where = PartnerClient.Builder.required(endpoint, "tokenEndpoint");
      Grant how =
          PartnerClient.Builder.required(
              grant, "clientCredentials, userPassword, refreshToken or deviceCode");
      TokenRequests.Client who = client(how);
      TokenRequests requests =
          new TokenRequests(
              new Transport(http == null ? Transport.standardClient() : http, timeout),
              new Retries(retryPolicy, surroundings),
              surroundings.clock());
      return new OAuthCredential(
          new CachedCredential(source(requests, where, who), surroundings.clock()), where);
    }

    private TokenRequests.Client client(Grant how) {
      String id = PartnerClient.Builder.required(clientId, "clientId");
      if (certificate != null && clientSecret != null) {
        throw new IllegalStateException("Choose one of clientSecret and clientCertificate");
      }
      if (certificate != null) {
        return new TokenRequests.Client(id, certificate.proof(id, surroundings));
      }
      if (how instanceof Grant.ClientCredentials) {
        PartnerClient.Builder.required(clientSecret, "clientSecret or clientCertificate");
      }
      return new TokenRequests.Client(
          id, clientSecret == null ? ClientProof.none() : ClientProof.secret(clientSecret));
    }

    private Supplier<AccessToken> source(
        TokenRequests requests, TokenEndpoint where, TokenRequests.Client who) {
      Grant how = PartnerClient.Builder.required(grant, "grant");
      if (how instanceof Grant.DeviceCodes codes) {
        DeviceSignIn device = new DeviceSignIn(requests, surroundings, codes);
        return () -> device.fetch(where, who);
      }
      return () -> requests.fetch(where, who, how);
    }
  }
}
