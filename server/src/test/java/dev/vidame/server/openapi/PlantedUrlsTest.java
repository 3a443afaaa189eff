package dev.vidame.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.sun.net.httpserver.HttpServer;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.partners.ExternalIssuer;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.JsonNode;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawConnection;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.SignedAssertion;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestKeys;
import dev.vidame.server.harness.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * No request makes the server ask an address that stands in it (OWASP API7): wherever a text may
 * stand, the address of a listener stands that counts who comes.
 */
class PlantedUrlsTest {
  /** Chance leaves none out of so many. */
  private static final int MOST_TRIES = 400;

  private static final int LEAST_TRIES = 5;

  @RegisterExtension static final Served served = new Served();

  private final AtomicInteger asked = new AtomicInteger();
  private final RSAKey key = TestKeys.first(0);
  private HttpServer listener;
  private String url = "";

  @BeforeEach
  void listen() throws IOException {
    listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] keys = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
    listener.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.sendResponseHeaders(200, keys.length);
          exchange.getResponseBody().write(keys);
          exchange.close();
        });
    listener.start();
    url = "http://127.0.0.1:" + listener.getAddress().getPort() + "/planted";
  }

  @AfterEach
  void listenNoMore() {
    listener.stop(0);
  }

  private static TestServer server() {
    return served.server();
  }

  @Test
  void noFieldOfAnyOperationIsFollowed() throws IOException {
    long seed = Long.getLong("vidame.seed", new Random().nextLong());
    System.out.println(
        "PlantedUrlsTest seed " + seed + " (repeat with -Dvidame.seed=" + seed + ")");
    JsonNode document = server().send(RawRequest.get("/openapi.json")).json();
    FuzzWorld world = new FuzzWorld(server());
    RequestMaker maker = new RequestMaker(new Random(seed), document, world).planting(url);
    Set<String> taken = new TreeSet<>();
    int fields = 0;

    for (ApiOperation operation : ApiOperation.of(document)) {
      Set<String> missing = operation.texts(document);
      fields += missing.size();
      for (int i = 0; i < LEAST_TRIES || (!missing.isEmpty() && i < MOST_TRIES); i++) {
        RawAnswer answer = sent(maker.request(operation));
        missing.removeAll(maker.planted());
        if (answer.status() == 201 && answer.json().has("id")) {
          world.created(operation.id(), answer.json().get("id").text());
        }
        if (answer.status() < 400 && !maker.planted().isEmpty()) {
          taken.add(operation.id());
        }
      }
      assertThat(missing).as("never planted in " + operation.id()).isEmpty();
    }

    assertThat(fields).isGreaterThan(200);
    assertThat(taken).as("operations that took it").hasSizeGreaterThan(40);
    assertThat(asked).hasValue(0);
  }

  /** Whatever comes: what answers must be is others' concern. */
  private static RawAnswer sent(RawRequest request) throws IOException {
    try (RawConnection connection = server().connect()) {
      return connection.exchange(request);
    }
  }

  @Test
  void noHeaderIsFollowed() throws IOException {
    RawRequest request = RawRequest.get(TestServer.foundingPath()).token(server().tokens().admin());
    for (String name :
        List.of(
            "Origin",
            "Referer",
            "Forwarded",
            "X-Forwarded-Host",
            "X-Forwarded-For",
            "X-Original-URL",
            "X-Wap-Profile",
            "True-Client-IP",
            "Via",
            "MS-CorrelationId",
            "X-Locale",
            "traceparent",
            "baggage")) {
      request = request.header(name, url);
    }

    assertThat(sent(request).status()).isLessThan(500);
    assertThat(asked).hasValue(0);
  }

  /** Tokens name issuers and keys, and nobody goes there because of that. */
  @Test
  void tokenIsNotFollowedToItsIssuerOrKey() throws JOSEException {
    trust("https://login.example/realm", url.replace("planted", "keys"));
    trust(url, "https://keys.invalid/keys");

    for (SignedAssertion token :
        List.of(
            token("https://login.example/realm").header("jku", url),
            token("https://login.example/realm").header("x5u", url),
            token("https://login.example/realm").header("jku", url).header("x5u", url),
            token("https://login.example/realm").claim("iss", url + "/unknown"),
            token(url + "/unknown").header("jku", url),
            token("https://login.example/realm").claim("aud", url))) {
      assertThat(read(token)).as(token.toString()).isEqualTo("401/400");
    }
    assertThat(asked).hasValue(0);

    assertThat(read(token("https://login.example/realm")))
        .as("an operator's word")
        .isEqualTo("200");
    assertThat(asked).hasValue(1);
  }

  private static void trust(String issuer, String keys) {
    var _ =
        server()
            .server()
            .directory()
            .trustedIssuers()
            .add(
                new ExternalIssuer(
                    UUID.randomUUID(),
                    Tenancy.PARTNER,
                    issuer,
                    "vidame",
                    keys,
                    new ExternalIssuer.ClaimNames("oid", "azp")),
                ChangeRequest.once(Actor.operator(Tenancy.PARTNER), UUID.randomUUID()));
  }

  private static SignedAssertion token(String issuer) {
    return SignedAssertion.of(
            server().tenancy().confidential().id().toString(), "vidame", server().clock().instant())
        .header("kid", "first")
        .claim("iss", issuer)
        .claim("azp", server().tenancy().confidential().id().toString())
        .claim("oid", server().tenancy().agent(Role.ADMIN_AGENT).id().toString())
        .claim("scp", "user_impersonation");
  }

  private String read(SignedAssertion token) throws JOSEException {
    return server()
        .send(RawRequest.get(TestServer.foundingPath()).token(token.by(key.toPrivateKey())))
        .outcome();
  }

  @Test
  void assertionOfAnApplicationIsNotFollowed() throws JOSEException {
    String client = server().tenancy().confidential().id().toString();
    SignedAssertion plain =
        SignedAssertion.of(
            client,
            server().server().address() + "/" + Tenancy.PARTNER + "/oauth2/token",
            server().clock().instant());

    for (SignedAssertion assertion :
        List.of(
            plain.header("jku", url),
            plain.header("x5u", url).header("kid", "first"),
            plain.claim("iss", url),
            plain.claim("iss", url).claim("sub", url),
            plain.claim("aud", url))) {
      String form = SignedAssertion.form(client, assertion.by(key.toPrivateKey()));
      assertThat(server().send(server().tokens().request(form)).status())
          .isGreaterThanOrEqualTo(400);
    }
    assertThat(asked).hasValue(0);
  }
}
