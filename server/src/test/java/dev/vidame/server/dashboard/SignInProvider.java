package dev.vidame.server.dashboard;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * An OpenID provider on this machine, strict as it should be, unless a test wants it otherwise.
 * Whoever comes to its form has signed in as its subject already.
 */
final class SignInProvider implements AutoCloseable {
  static final String CLIENT = "vidame at contoso";
  static final String SECRET = "a secret: with+signs%20";

  /** How codes are exchanged. */
  enum Mood {
    WELL,
    /** The head of the answer never comes. */
    SILENT,
    /** The head comes, a byte comes, and no more. */
    STUCK,
    /** It never ends. */
    ENDLESS,
    NO_JSON,
    NO_TOKEN,
    /** As deep as it may be long. */
    NESTED,
    FAULT,
    REDIRECT,
    /** A code is good however often it comes. */
    FORGETFUL
  }

  /** What a code stands for. */
  private record Issued(Map<String, String> asked) {}

  private final HttpServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch end = new CountDownLatch(1);
  private final AtomicInteger exchanges = new AtomicInteger();
  private final Map<String, Issued> codes = new ConcurrentHashMap<>();
  private final Clock clock;
  private volatile RSAKey signer;
  private volatile JOSEObjectType type = JOSEObjectType.JWT;
  private volatile Mood mood = Mood.WELL;
  private volatile Consumer<Map<String, Object>> claims = any -> {};
  private volatile String subject = "";

  SignInProvider(Clock clock, RSAKey key) throws IOException {
    this.clock = clock;
    this.signer = key;
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(threads);
    http.createContext(
        "/keys", exchange -> send(exchange, 200, new JWKSet(key.toPublicJWK()).toString()));
    http.createContext("/authorize", this::authorize);
    http.createContext("/token", this::exchange);
    http.start();
  }

  String url(String path) {
    return "http://127.0.0.1:" + http.getAddress().getPort() + path;
  }

  String issuer() {
    return url("/realm");
  }

  void become(Mood other) {
    mood = other;
  }

  /** Who signs in from now on. */
  void knows(UUID id) {
    subject = id.toString();
  }

  /** What is done to the claims of ID tokens from now on. */
  void say(Consumer<Map<String, Object>> change) {
    claims = change;
  }

  void signWith(RSAKey other) {
    signer = other;
  }

  void type(String other) {
    type = new JOSEObjectType(other);
  }

  /** How many codes were shown to it. */
  int exchanges() {
    return exchanges.get();
  }

  /** What a browser does that is sent to it: the address that it is sent back to. */
  String visit(String address) {
    try (HttpClient browser = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          browser.send(
              HttpRequest.newBuilder(URI.create(address)).build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 302) {
        throw new AssertionError(answer.statusCode() + " " + answer.body());
      }
      return answer.headers().firstValue("Location").orElseThrow();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private void authorize(HttpExchange exchange) throws IOException {
    Map<String, String> asked = fields(exchange.getRequestURI().getRawQuery());
    boolean isRight =
        "code".equals(asked.get("response_type"))
            && CLIENT.equals(asked.get("client_id"))
            && "openid".equals(asked.get("scope"))
            && "S256".equals(asked.get("code_challenge_method"))
            && String.valueOf(asked.get("code_challenge")).length() == 43
            && String.valueOf(asked.get("nonce")).length() == 43;
    if (!isRight) {
      send(exchange, 400, "not well asked: " + asked);
      return;
    }
    String code = UUID.randomUUID().toString();
    codes.put(code, new Issued(asked));
    exchange
        .getResponseHeaders()
        .add(
            "Location",
            asked.get("redirect_uri")
                + "?code="
                + code
                + "&state="
                + encoded(String.valueOf(asked.get("state")))
                + "&iss="
                + encoded(issuer()));
    send(exchange, 302, "");
  }

  private void exchange(HttpExchange exchange) throws IOException {
    exchanges.incrementAndGet();
    switch (mood) {
      case SILENT -> awaitEnd();
      case STUCK -> {
        exchange.sendResponseHeaders(200, 1000);
        exchange.getResponseBody().write('{');
        exchange.getResponseBody().flush();
        awaitEnd();
      }
      case ENDLESS -> pour(exchange);
      case NO_JSON -> send(exchange, 200, "<html>");
      case NO_TOKEN -> send(exchange, 200, "{\"id_token\":7}");
      case NESTED -> send(exchange, 200, "{\"id_token\":" + "[".repeat(60_000));
      case FAULT -> send(exchange, 500, "");
      case REDIRECT -> {
        exchange.getResponseHeaders().add("Location", url("/token"));
        send(exchange, 307, "");
      }
      case WELL, FORGETFUL -> answer(exchange);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    Map<String, String> shown =
        fields(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    String code = String.valueOf(shown.get("code"));
    Issued issued = mood == Mood.FORGETFUL ? codes.get(code) : codes.remove(code);
    String known =
        "Basic "
            + Base64.getEncoder()
                .encodeToString(
                    (encoded(CLIENT) + ":" + encoded(SECRET)).getBytes(StandardCharsets.UTF_8));
    boolean isRight =
        issued != null
            && known.equals(exchange.getRequestHeaders().getFirst("Authorization"))
            && "authorization_code".equals(shown.get("grant_type"))
            && String.valueOf(issued.asked().get("redirect_uri")).equals(shown.get("redirect_uri"))
            && String.valueOf(issued.asked().get("code_challenge"))
                .equals(challenge(String.valueOf(shown.get("code_verifier"))));
    if (issued == null || !isRight) {
      send(exchange, 400, "{\"error\":\"invalid_grant\"}");
      return;
    }
    send(
        exchange,
        200,
        "{\"access_token\":\"opaque\",\"token_type\":\"Bearer\",\"more\":{\"is\":true},\"id_token\":\""
            + idToken(String.valueOf(issued.asked().get("nonce")))
            + "\"}");
  }

  private String idToken(String nonce) {
    long now = clock.instant().getEpochSecond();
    Map<String, Object> all = new HashMap<>();
    all.put("iss", issuer());
    all.put("aud", CLIENT);
    all.put("azp", CLIENT);
    all.put("sub", subject);
    all.put("iat", now);
    all.put("exp", now + 300);
    all.put("nonce", nonce);
    all.put("typ", "ID");
    claims.accept(all);
    try {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256).type(type).keyID(signer.getKeyID()).build(),
              JWTClaimsSet.parse(all));
      token.sign(new RSASSASigner(signer));
      return token.serialize();
    } catch (JOSEException | ParseException e) {
      throw new AssertionError(e);
    }
  }

  private static String challenge(String verifier) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  static Map<String, String> fields(String form) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String pair : form.split("&", -1)) {
      int equals = pair.indexOf('=');
      fields.put(
          URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
          URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return fields;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static void pour(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    byte[] blanks = " ".repeat(8192).getBytes(StandardCharsets.UTF_8);
    try (OutputStream out = exchange.getResponseBody()) {
      for (int i = 0; i < 100_000; i++) {
        out.write(blanks);
      }
    }
  }

  private void awaitEnd() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    end.countDown();
    http.stop(0);
    threads.shutdownNow();
  }
}
