package dev.vidame.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.vidame.server.harness.TestKeys;
import dev.vidame.server.tls.TestCertificates;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Key sets over TLS, of providers that prove their host and of those that cannot. */
class RemoteKeysOverTlsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final TestClock clock = new TestClock(Instant.parse("2026-11-22T10:00:00Z"));

  private static String set(String... ids) {
    RSAKey key = TestKeys.first(0);
    List<JWK> keys =
        Stream.of(ids)
            .map(id -> (JWK) new RSAKey.Builder(key.toPublicJWK()).keyID(id).build())
            .toList();
    return new JWKSet(keys).toString();
  }

  /** A certificate that proves nothing of the host that was asked. */
  enum Unproved {
    OF_NOBODY_KNOWN,
    OF_ANOTHER_HOST
  }

  /** New ones, that is: those that were fetched before stay good for their time. */
  @ParameterizedTest
  @EnumSource(Unproved.class)
  void keysOfWhoCannotProveItsHostAreNotTaken(Unproved how, @TempDir Path folder) throws Exception {
    Path own = TestCertificates.pkcs12(folder.resolve("own.p12"), "EC");
    Path elsewhere = TestCertificates.ofHost(folder.resolve("elsewhere.p12"), "login.example");
    Path unproved =
        how == Unproved.OF_ANOTHER_HOST
            ? elsewhere
            : TestCertificates.pkcs12(folder.resolve("unknown.p12"), "EC");
    SSLContext trusting =
        TestCertificates.trusting(
            TestCertificates.certificate(own), TestCertificates.certificate(elsewhere));
    AtomicInteger asked = new AtomicInteger();
    HttpsServer proved = https(0, own, set("k"), asked);
    int port = proved.getAddress().getPort();
    try (BoundedRetriever retriever =
        new BoundedRetriever(
            PATIENCE,
            new OutboundConnections(InetAddress::getAllByName, trusting::getSocketFactory))) {
      RemoteKeys keys =
          new RemoteKeys("https://localhost:" + port + "/keys", retriever, PATIENCE, clock);
      assertThat(keys.verifier("k")).isPresent();
      assertThat(asked).hasValue(1);

      proved.stop(0);
      clock.advance(Duration.ofMinutes(11));
      HttpsServer other = https(port, unproved, set("k", "new"), asked);
      try {
        assertThat(keys.verifier("new")).isEmpty();
        assertThat(keys.verifier("k")).isPresent();
        clock.advance(RemoteKeys.GOOD_IN_AN_OUTAGE);
        assertThat(keys.verifier("k")).isEmpty();
        assertThat(asked).hasValue(1);
      } finally {
        other.stop(0);
      }
    } finally {
      proved.stop(0);
    }
  }

  private static HttpsServer https(int port, Path certificate, String keySet, AtomicInteger asked)
      throws Exception {
    HttpsServer https =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    https.setHttpsConfigurator(new HttpsConfigurator(TestCertificates.showing(certificate)));
    byte[] body = keySet.getBytes(StandardCharsets.UTF_8);
    https.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    https.start();
    return https;
  }
}
