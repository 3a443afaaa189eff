package dev.vidame.sdk;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The client of the customers and users API, of Vidame and of Microsoft's Partner Center. Immutable
 * and thread-safe; meant to be made once and shared. It blocks the calling thread and holds nothing
 * that must be closed.
 *
 * {@snippet :
 * PartnerClient partner =
 *     PartnerClient.builder()
 *         .endpoint(URI.create("https://vidame.example"))
 *         .credential(credential)
 *         .build();
 * CustomerUser user = partner.customers().byId(customerId).users().byId(userId).get();
 * }
 *
 * <p>Every call carries an {@code MS-RequestId} of its own and the client's {@code
 * MS-CorrelationId}, is tried again as {@link RetryPolicy} says, and after a 401 once more with a
 * new token. Calls throw {@link PartnerException}; an interrupted thread gets it too, with its
 * interrupt flag set.
 */
public final class PartnerClient {
  private final ApiCalls calls;
  private final URI endpoint;

  private PartnerClient(ApiCalls calls, URI endpoint) {
    this.calls = calls;
    this.endpoint = endpoint;
  }

  /** A builder that knows nothing yet. */
  public static Builder builder() {
    return new Builder();
  }

  /** The partner's customers. */
  public CustomersClient customers() {
    return new CustomersClient(calls);
  }

  /** Internet domains, and whether somebody has them. */
  public DomainsClient domains() {
    return new DomainsClient(calls);
  }

  /** What was done to the partner's customers and their accounts, and by whom. */
  public AuditRecordsClient auditRecords() {
    return new AuditRecordsClient(calls);
  }

  /**
   * The same client for callers that must not block: each call runs on the executor.
   *
   * @param executor runs one call in one thread; on Java 21 and newer {@code
   *     Executors.newVirtualThreadPerTaskExecutor()} is a good one
   */
  public AsyncPartner async(Executor executor) {
    return new AsyncPartner(this, executor);
  }

  /** Names the endpoint, never a secret. */
  @Override
  public String toString() {
    return "PartnerClient[" + endpoint + "]";
  }

  /** Builds a client. Not thread-safe. */
  public static final class Builder {
    private @Nullable URI endpoint;
    private @Nullable PartnerCredential credential;
    private @Nullable HttpClient http;
    private @Nullable ExchangeObserver observer;
    private @Nullable Locale locale;
    private @Nullable String applicationName;
    private boolean isPlainHttpAllowed;
    private Duration timeout = Duration.ofSeconds(60);
    private RetryPolicy retryPolicy = RetryPolicy.standard();
    private Surroundings surroundings = Surroundings.real();

    private Builder() {}

    /**
     * Sets the service's address, such as {@code https://api.partnercenter.microsoft.com}, with or
     * without a path; the client appends {@code /v1} where the address does not end with it.
     * Required. {@link MicrosoftCloud} knows Microsoft's.
     */
    public Builder endpoint(URI value) {
      endpoint = value;
      return this;
    }

    /** Sets who calls. Required. */
    public Builder credential(PartnerCredential value) {
      credential = value;
      return this;
    }

    /**
     * Sets the HTTP client, for proxies and certificates; by default an own one is made that gives
     * up connecting after 10 s. A client that follows redirects would carry the token along.
     */
    public Builder httpClient(HttpClient value) {
      http = value;
      return this;
    }

    /** Sets how often a call is tried again; {@link RetryPolicy#standard()} by default. */
    public Builder retryPolicy(RetryPolicy value) {
      retryPolicy = value;
      return this;
    }

    /**
     * Sets how long one attempt may take, from connecting to the last byte of the answer; 60 s by
     * default. A Vidame that is still busy with an earlier attempt answers after up to 30 s.
     *
     * @throws IllegalArgumentException when the time is not positive
     */
    public Builder requestTimeout(Duration value) {
      timeout = requirePositive(value);
      return this;
    }

    /** Sets the language of error texts; by default the service's. */
    public Builder locale(Locale value) {
      locale = value;
      return this;
    }

    /**
     * Sets the name of the calling application, which the audit log shows.
     *
     * @throws IllegalArgumentException when it is blank or holds anything but visible ASCII
     *     characters and spaces
     */
    public Builder applicationName(String value) {
      applicationName = HeaderValues.require(value, "The application's name");
      return this;
    }

    /** Sets who is told of every attempt. */
    public Builder observer(ExchangeObserver value) {
      observer = value;
      return this;
    }

    /**
     * Takes an endpoint on another machine without TLS, which shows every token and password to the
     * network in between. Only for a network that is trusted; loopback needs no permission.
     */
    public Builder allowPlainHttp() {
      isPlainHttpAllowed = true;
      return this;
    }

    Builder surroundings(Surroundings value) {
      surroundings = value;
      return this;
    }

    Transport transport() {
      return new Transport(http == null ? Transport.standardClient() : http, timeout);
    }

    Duration timeout() {
      return timeout;
    }

    Surroundings surroundings() {
      return surroundings;
    }

    RetryPolicy retryPolicy() {
      return retryPolicy;
    }

    ExchangeReport report() {
      return new ExchangeReport(observer);
    }

    Map<String, String> headers() {
      Map<String, String> headers = new LinkedHashMap<>();
      headers.put("MS-PartnerCenter-Client", "Vidame Java SDK");
      if (applicationName != null) {
        headers.put("MS-PartnerCenter-Application", applicationName);
      }
      if (locale != null) {
        headers.put("X-Locale", locale.toLanguageTag());
      }
      return Map.copyOf(headers);
    }

    /**
     * The client. It sends nothing yet.
     *
     * @throws IllegalStateException when the endpoint or the credential is missing
     * @throws IllegalArgumentException when the endpoint is no http or https address, has a query,
     *     or is plain http to another machine
     */
    public PartnerClient build() {
      PartnerCredential who = required(credential, "credential");
      URI base =
          BaseUri.require(required(endpoint, "endpoint"), "The endpoint", isPlainHttpAllowed);
      URI root = BaseUri.withoutVersion(base);
      return new PartnerClient(new ApiCalls(this, root, who), root);
    }

    static <T> T required(@Nullable T value, String what) {
      if (value == null) {
        throw new IllegalStateException("The builder still needs " + what);
      }
      return value;
    }

    static Duration requirePositive(Duration value) {
      if (value.isNegative() || value.isZero()) {
        throw new IllegalArgumentException("requestTimeout must be positive: " + value);
      }
      return value;
    }
  }
}
