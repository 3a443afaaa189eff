package dev.vidame.server.admin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.TestKeys;
import dev.vidame.server.harness.TestServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** An identity provider on this machine, with a key set that comes well, badly or never. */
final class Provider implements AutoCloseable {
  /** How the key set comes. */
  enum Mood {
    WELL,
    /** The head of the answer never comes. */
    SILENT,
    /** The head comes, a byte comes, and no more. */
    STUCK,
    /** It never ends. */
    ENDLESS,
    NO_JSON,
    NO_KEYS,
    FAULT,
    /** The keys are at the other address. */
    REDIRECT,
    /** A key that anybody can break. */
    SHORT_KEY,
    /** The key is meant for encryption. */
    OTHER_USE
  }

  private final HttpServer http;
  private final String start;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch end = new CountDownLatch(1);
  private final AtomicInteger fetches = new AtomicInteger();
  private volatile Mood mood = Mood.WELL;
  private volatile RSAKey key = TestKeys.first(0);

  Provider() throws IOException {
    this(HttpServer.create(anyPort(), 0), "http://127.0.0.1:");
  }

  private Provider(HttpServer http, String start) {
    this.http = http;
    this.start = start;
    http.setExecutor(threads);
    http.createContext("/keys", this::answer);
    http.createContext("/moved", exchange -> send(exchange, 200, keySet(key)));
    http.start();
  }

  /** One that has TLS, at the name of this machine. */
  static Provider withTls(SSLContext tls) throws IOException {
    HttpsServer https = HttpsServer.create(anyPort(), 0);
    https.setHttpsConfigurator(new HttpsConfigurator(tls));
    return new Provider(https, "https://localhost:");
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  String keysUrl() {
    return start + http.getAddress().getPort() + "/keys";
  }

  int fetches() {
    return fetches.get();
  }

  RSAKey key() {
    return key;
  }

  void become(Mood other) {
    if (other == Mood.SHORT_KEY || mood == Mood.SHORT_KEY) {
      key = other == Mood.SHORT_KEY ? TestKeys.newKey("first", 1024) : TestKeys.first(0);
    }
    mood = other;
  }

  void rotate(RSAKey other) {
    key = other;
  }

  private void answer(HttpExchange exchange) throws IOException {
    fetches.incrementAndGet();
    switch (mood) {
      case WELL, SHORT_KEY -> send(exchange, 200, keySet(key));
      case SILENT -> awaitEnd();
      case STUCK -> {
        exchange.sendResponseHeaders(200, 1000);
        exchange.getResponseBody().write('{');
        exchange.getResponseBody().flush();
        awaitEnd();
      }
      case ENDLESS -> pour(exchange);
      case NO_JSON -> send(exchange, 200, "<html>");
      case NO_KEYS -> send(exchange, 200, "{\"keys\":[]}");
      case FAULT -> send(exchange, 500, "");
      case REDIRECT -> {
        exchange.getResponseHeaders().add("Location", keysUrl().replace("/keys", "/moved"));
        send(exchange, 302, "");
      }
      case OTHER_USE ->
          send(exchange, 200, keySet(key).replace("\"kid\"", "\"use\":\"enc\",\"kid\""));
    }
  }

  private static String keySet(RSAKey key) {
    return new JWKSet(key.toPublicJWK()).toString();
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

  /** What it says of the admin agent, as Keycloak writes it. */
  static Map<String, Object> claims(TestServer server, String issuer, String audience) {
    long now = server.clock().instant().getEpochSecond();
    Map<String, Object> claims = new HashMap<>();
    claims.put("iss", issuer);
    claims.put("aud", List.of(audience, "account"));
    claims.put("iat", now);
    claims.put("exp", now + 300);
    claims.put("typ", "Bearer");
    claims.put("azp", server.tenancy().confidential().id().toString());
    claims.put("sub", server.tenancy().agent(Role.ADMIN_AGENT).id().toString());
    claims.put("scope", "profile user_impersonation email");
    claims.put("preferred_username", "ada");
    claims.put("realm_access", Map.of("roles", List.of("offline_access")));
    return claims;
  }

  /** Claims as JSON. */
  static String payload(Map<String, Object> claims) {
    try {
      return JWTClaimsSet.parse(claims).toString();
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  /** A token over claims, signed with a key. */
  static String token(RSAKey key, Map<String, Object> claims) {
    return token(
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .type(JOSEObjectType.JWT)
            .keyID(key.getKeyID())
            .build(),
        key,
        claims);
  }

  static String token(JWSHeader header, RSAKey key, Map<String, Object> claims) {
    try {
      SignedJWT token = new SignedJWT(header, JWTClaimsSet.parse(claims));
      token.sign(new RSASSASigner(key.toPrivateKey(), Set.of(AllowWeakRSAKey.getInstance())));
      return token.serialize();
    } catch (JOSEException | ParseException e) {
      throw new AssertionError(e);
    }
  }

  static List<Mood> badMoods() {
    return List.of(Mood.values()).subList(1, Mood.values().length);
  }

  @Override
  public void close() {
    end.countDown();
    http.stop(0);
    threads.shutdownNow();
  }
}
