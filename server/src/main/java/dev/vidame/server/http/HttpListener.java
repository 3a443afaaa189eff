package dev.vidame.server.http;

import dev.vidame.server.texts.Language;
import io.helidon.http.DirectHandler;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.Method;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Speaks HTTP/1.1 for the API, on one address, with a virtual thread for each connection.
 * Thread-safe.
 *
 * <p>The library routes nothing here: every request goes to {@link Api}, because paths match in
 * ways that no router does. What the library refuses itself (requests that are not HTTP, far too
 * large ones) gets the API's error body too.
 */
public final class HttpListener implements Entrance, AutoCloseable {
  static final int MAX_BODY_BYTES = 256 * 1024;

  /** Beyond this the connection is not worth reading to its end. */
  private static final long MAX_SKIPPED_BYTES = 64L * MAX_BODY_BYTES;

  private static final int BACKLOG = 1024;

  private static final HeaderName REQUEST_ID = HeaderNames.create("MS-RequestId");
  private static final HeaderName CORRELATION_ID = HeaderNames.create("MS-CorrelationId");
  private static final String FORWARDED_FOR = "X-Forwarded-For";
  private static final List<String> TLS_VERSIONS = List.of("TLSv1.3", "TLSv1.2");
  private static final HeaderName LOCALE = HeaderNames.create("X-Locale");
  private static final HeaderName ACCEPT_LANGUAGE = HeaderNames.ACCEPT_LANGUAGE;
  private static final Header JSON =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json; charset=utf-8");
  private static final Header NO_STORE =
      HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store");
  private static final Header NO_SNIFF =
      HeaderValues.createCached("X-Content-Type-Options", "nosniff");

  private static final Header ONLY_TLS =
      HeaderValues.createCached("Strict-Transport-Security", "max-age=31536000");

  private final Supplier<UUID> newIds;
  private final Doorway doorway;
  private final BodyBudget bodies;
  private final InFlight inFlight = new InFlight();
  private final WebServer server;
  private @Nullable Answering api;

  /**
   * Where requests come in.
   *
   * @param address where to listen; port 0 takes any free one
   * @param tls with what to speak TLS; null to speak plain HTTP
   * @param forwarders the proxies that are believed
   * @param connections for how many and how much
   */
  public record Doorway(
      InetSocketAddress address,
      @Nullable SSLContext tls,
      Forwarders forwarders,
      ConnectionLimit connections) {
    /** Plain HTTP, and no proxy is believed. */
    static Doorway plain(InetSocketAddress address) {
      return new Doorway(
          address, null, Forwarders.none(), ConnectionLimit.of(Runtime.getRuntime().maxMemory()));
    }
  }

  private HttpListener(Supplier<UUID> newIds, Doorway doorway, BodyBudget bodies) {
    this.newIds = newIds;
    this.doorway = doorway;
    this.bodies = bodies;
    ListenerConfig.Builder listening = listening(doorway.address(), doorway.connections());
    SSLContext tls = doorway.tls();
    if (tls != null) {
      listening.tls(secured -> secured.sslContext(tls).enabledProtocols(TLS_VERSIONS));
    }
    this.server =
        WebServer.builder()
            .from(listening.build())
            .shutdownHook(false)
            .featuresDiscoverServices(false)
            .routing(HttpRouting.builder().any(this::handle))
            .build();
  }

  private ListenerConfig.Builder listening(InetSocketAddress address, ConnectionLimit connections) {
    return ListenerConfig.builder()
        .bindAddress(address)
        .host(address.getHostString())
        .port(address.getPort())
        .backlog(BACKLOG)
        .maxTcpConnections(connections.connections())
        .maxPayloadSize(MAX_SKIPPED_BYTES)
        // Or the rest of a long answer waits 40 ms for the receipt of its beginning.
        .connectionOptions(options -> options.tcpNoDelay(true))
        .protocolsDiscoverServices(false)
        .addConnectionSelector(
            new ForgetfulConnections(
                Http1Config.builder()
                    .validatePath(false)
                    .validatePrologue(false)
                    .sendKeepAliveHeader(false)
                    // Ours, or taken from a request that was checked.
                    .validateResponseHeaders(false)
                    .build()))
        .directHandlers(this::refusals);
  }

  /** A listener for plain HTTP; port 0 takes any free one. */
  public static HttpListener prepare(Supplier<UUID> newIds, InetSocketAddress address) {
    return prepare(newIds, Doorway.plain(address));
  }

  /** A listener that is ready to start, which takes the longest of it. */
  public static HttpListener prepare(Supplier<UUID> newIds, Doorway doorway) {
    return prepare(newIds, doorway, BodyBudget.ofHeap());
  }

  /** As above, with room for so many bodies. */
  static HttpListener prepare(Supplier<UUID> newIds, Doorway doorway, BodyBudget bodies) {
    return new HttpListener(newIds, doorway, bodies);
  }

  /**
   * Listens, and lets the API answer.
   *
   * @throws IllegalStateException when the address cannot be bound
   */
  @Override
  public void start(Answering answering) {
    api = answering;
    server.start();
    if (!server.isRunning()) {
      throw new IllegalStateException("The address cannot be bound");
    }
  }

  /** The port that is listened at. */
  @Override
  public int port() {
    return server.port();
  }

  private void handle(ServerRequest request, ServerResponse response) {
    Correlation correlation = correlation(request.headers());
    boolean isEntered = inFlight.enter();
    RequestBody body = new RequestBody(request, bodies);
    try {
      Answer answer =
          isEntered
              ? Objects.requireNonNull(api)
                  .answer(new HelidonRequest(request, body, doorway.forwarders()), correlation)
              : ApiErrors.stopping().answer(language(request.headers()));
      body.release();
      boolean isLast = inFlight.isDraining() || body.endsConnection() || asksToClose(request);
      if (isLast) {
        response.header(HeaderValues.CONNECTION_CLOSE);
        body.skip();
      }
      send(request, response, correlation, answer);
      if (isLast) {
        throw new CloseConnectionException("The answer was the last one");
      }
    } finally {
      body.release();
      if (isEntered) {
        inFlight.leave();
      }
    }
  }

  private static boolean asksToClose(ServerRequest request) {
    return request.headers().containsToken(HeaderValues.CONNECTION_CLOSE);
  }

  private void send(
      ServerRequest request, ServerResponse response, Correlation correlation, Answer answer) {
    response.status(answer.status());
    setCommonHeaders(response.headers(), request.headers(), correlation);
    if (answer.status() != Status.NO_CONTENT_204.code() && !answer.hasHeader("Content-Type")) {
      response.header(JSON);
    }
    if (answer.hasHeader("Cache-Control")) {
      response.headers().remove(HeaderNames.CACHE_CONTROL);
    }
    if (answer.status() == Status.UNAUTHORIZED_401.code()
        && !answer.hasHeader("WWW-Authenticate")) {
      response.header(
          HeaderNames.WWW_AUTHENTICATE,
          "OAuth realm=urn:cpsvc:cpid:" + correlation.correlationId(),
          "Bearer error=\"invalid_token\"");
    }
    for (Answer.Header header : answer.headers()) {
      response.headers().add(HeaderValues.create(header.name(), header.value()));
    }
    if (isHead(request.prologue().method())) {
      response.headers().contentLength(answer.body().length);
      response.send();
    } else {
      response.send(answer.body());
    }
  }

  /** A body behind the answer to HEAD would be taken for the next answer. */
  private static boolean isHead(Method method) {
    return method.equals(Method.HEAD);
  }

  /** What every answer has, whoever gives it. */
  private void setCommonHeaders(
      ServerResponseHeaders answer, Headers request, Correlation correlation) {
    answer.set(NO_STORE).set(NO_SNIFF);
    if (doorway.tls() != null) {
      answer.set(ONLY_TLS);
    }
    answer.set(REQUEST_ID, correlation.requestId().toString());
    answer.set(CORRELATION_ID, correlation.correlationId().toString());
    request.first(LOCALE).ifPresent(locale -> answer.set(LOCALE, locale));
  }

  private Correlation correlation(Headers headers) {
    return Correlation.of(headers.first(REQUEST_ID), headers.first(CORRELATION_ID), newIds);
  }

  private static Language language(Headers headers) {
    return Language.of(headers.first(LOCALE), headers.first(ACCEPT_LANGUAGE));
  }

  private void refusals(DirectHandlers.Builder handlers) {
    for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
      handlers.addHandler(type, this::refuse);
    }
  }

  private DirectHandler.TransportResponse refuse(
      DirectHandler.TransportRequest request,
      DirectHandler.EventType type,
      Status status,
      ServerResponseHeaders headers,
      String message) {
    Correlation correlation = correlation(request.headers());
    ApiException refusal =
        switch (type) {
          case PAYLOAD_TOO_LARGE -> ApiErrors.bodyTooLarge();
          case INTERNAL_ERROR -> ApiErrors.unexpected();
          default -> ApiErrors.malformedHttp(status.code());
        };
    setCommonHeaders(headers, request.headers(), correlation);
    headers.set(JSON);
    return DirectHandler.TransportResponse.builder()
        .status(Status.create(refusal.status()))
        .headers(headers)
        .keepAlive(false)
        .entity(
            isHead(Method.create(request.method()))
                ? new byte[0]
                : refusal.answer(language(request.headers())).body())
        .build();
  }

  /**
   * Takes no more requests, waits until those under way are answered, then lets the address go.
   *
   * @param grace how long to wait at most
   */
  @Override
  public void stop(Duration grace) {
    inFlight.close();
    if (api != null) {
      api.letHeldAnswersGo();
    }
    inFlight.drain(grace);
    server.stop();
  }

  /** Stops without waiting for anybody. */
  @Override
  public void close() {
    stop(Duration.ZERO);
  }

  /** What {@link Request} needs, from the library's request. */
  private static final class HelidonRequest implements Request {
    private final ServerRequest request;
    private final RequestBody body;
    private final Forwarders forwarders;
    private byte @Nullable [] whole;
    private @Nullable Object remembered;

    HelidonRequest(ServerRequest request, RequestBody body, Forwarders forwarders) {
      this.request = request;
      this.body = body;
      this.forwarders = forwarders;
    }

    @Override
    public InetAddress client() {
      return forwarders.client(
          ((InetSocketAddress) request.remotePeer().address()).getAddress(),
          headers(FORWARDED_FOR));
    }

    @Override
    public String method() {
      return request.prologue().method().text();
    }

    @Override
    public String rawPath() {
      return request.prologue().uriPath().rawPath();
    }

    @Override
    public String rawQuery() {
      return request.prologue().query().rawValue();
    }

    @Override
    public Optional<String> header(String name) {
      return request.headers().first(HeaderNames.create(name));
    }

    @Override
    public List<String> headers(String name) {
      return request.headers().all(HeaderNames.create(name), List::of);
    }

    @Override
    public void becomesKnown() {
      body.becomesKnown();
    }

    @Override
    public void remember(Object found) {
      remembered = found;
    }

    @Override
    public <T> Optional<T> remembered(Class<T> kind) {
      return Optional.ofNullable(remembered).filter(kind::isInstance).map(kind::cast);
    }

    @Override
    public byte[] body() {
      byte[] known = whole;
      if (known == null) {
        known = body.read();
        whole = known;
      }
      return known;
    }

    @Override
    public byte[] bodyWithFile(int most) {
      byte[] known = whole;
      if (known == null) {
        known = body.readWithFile(most);
        whole = known;
      }
      return known;
    }
  }
}
