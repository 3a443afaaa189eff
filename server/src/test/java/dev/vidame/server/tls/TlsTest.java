package dev.vidame.server.tls;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidame.server.StartException;
import dev.vidame.server.VidameServer;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.settings.SettingsLoader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real connections with TLS, whose certificate is exchanged meanwhile. */
final class TlsTest {
  private static final String REQUEST = "GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n";

  @TempDir private Path folder;
  private Path password;

  @BeforeEach
  void writePassword() throws IOException {
    password = Files.writeString(folder.resolve("password"), TestCertificates.PASSWORD + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void certificatesInPemAreShown(String algorithm) throws Exception {
    Path store = TestCertificates.pkcs12(folder.resolve("a.p12"), algorithm);
    List<Path> pem = TestCertificates.pem(store, folder);

    try (TestServer server = TestServer.start(folder, pemSettings(pem))) {
      HttpResponse<String> answer = get(server, TestCertificates.certificate(store));

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.sslSession().map(SSLSession::getProtocol)).contains("TLSv1.3");
      assertThat(answer.headers().firstValue("Strict-Transport-Security"))
          .contains("max-age=31536000");
      assertThat(server.server().address()).hasScheme("https");
    }
  }

  @Test
  void aPkcs12FileIsShown() throws Exception {
    Path store = TestCertificates.pkcs12(folder.resolve("a.p12"), "RSA");

    try (TestServer server = TestServer.start(folder, pkcs12Settings(store))) {
      HttpResponse<String> answer = get(server, TestCertificates.certificate(store));

      assertThat(answer.statusCode()).isEqualTo(200);
    }
  }

  @Test
  void plainHttpNeitherGetsAnAnswerNorHoldsAnybodyUp() throws Exception {
    Path store = TestCertificates.pkcs12(folder.resolve("a.p12"), "EC");
    try (TestServer server = TestServer.start(folder, pkcs12Settings(store));
        Socket silent = new Socket(InetAddress.getLoopbackAddress(), server.port());
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      plain.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
      plain.setSoTimeout(5_000);

      String answer =
          new String(plain.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);

      assertThat(answer).doesNotContain("HTTP/1.1 200");
      assertThat(get(server, TestCertificates.certificate(store)).statusCode()).isEqualTo(200);
      assertThat(silent.isConnected()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1", "TLSv1.1"})
  void oldVersionsAreNotSpoken(String version) throws Exception {
    Path store = TestCertificates.pkcs12(folder.resolve("a.p12"), "RSA");
    SSLContext trusting = TestCertificates.trusting(TestCertificates.certificate(store));
    try (TestServer server = TestServer.start(folder, pkcs12Settings(store));
        SSLSocket socket = connect(trusting, server.port())) {
      socket.setEnabledProtocols(new String[] {version});

      assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aChangedCertificateIsShownToNewConnectionsAndOldOnesGoOn() throws Exception {
    Path store = TestCertificates.pkcs12(folder.resolve("a.p12"), "EC");
    X509Certificate first = TestCertificates.certificate(store);
    Map<String, String> settings =
        Map.of(
            "tls.pkcs12-file", store.toString(),
            "tls.password-file", password.toString(),
            "tls.reload-seconds", "1");
    try (TestServer server = TestServer.start(folder, settings);
        SSLSocket kept = connect(TestCertificates.trusting(first), server.port())) {
      InputStream in = new BufferedInputStream(kept.getInputStream());
      assertThat(ask(kept.getOutputStream(), in)).isEqualTo(200);

      // Another algorithm too, as whoever moves to elliptic curves does.
      Path next = TestCertificates.pkcs12(folder.resolve("b.p12"), "RSA");
      X509Certificate second = TestCertificates.certificate(next);
      Files.move(next, store, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      awaitShown(server.port(), first, second);

      assertThat(get(server, second).statusCode()).isEqualTo(200);
      assertThat(ask(kept.getOutputStream(), in)).isEqualTo(200);
    }
  }

  @Test
  void aHalfWrittenPairChangesNothingUntilItIsWhole() throws Exception {
    Path store = TestCertificates.pkcs12(folder.resolve("a.p12"), "EC");
    List<Path> pem = TestCertificates.pem(store, folder);
    Path other = Files.createDirectory(folder.resolve("other"));
    List<Path> next =
        TestCertificates.pem(TestCertificates.pkcs12(folder.resolve("b.p12"), "EC"), other);
    try (ServerTls tls = ServerTls.open(new TlsFiles.Pem(pem.get(0), pem.get(1)))) {
      assertThat(tls.look()).isFalse();

      replace(next.get(0), pem.get(0), 1);
      assertThat(tls.look()).isFalse();
      Files.writeString(pem.get(1), "not a key");
      assertThat(tls.look()).isFalse();
      replace(next.get(1), pem.get(1), 2);
      assertThat(tls.look()).isTrue();
      Files.delete(pem.get(1));
      assertThat(tls.look()).isFalse();
    }
  }

  /** The handshake asks for chain and key one after the other, and may be overtaken. */
  @Test
  void aHandshakeEndsWithTheCertificateThatItBeganWith() throws Exception {
    Certificate first = loaded("a.p12");
    Certificate second = loaded("b.p12");
    ExchangeableKeyManager keys = new ExchangeableKeyManager(first);
    String name = requireNonNull(keys.chooseServerAlias("EC", null, new Socket()));

    keys.exchange(second);

    assertThat(keys.getCertificateChain(name)).containsExactlyElementsOf(first.chain());
    assertThat(keys.getPrivateKey(name)).isEqualTo(first.key());
    String nextName = requireNonNull(keys.chooseServerAlias("EC", null, new Socket()));
    assertThat(keys.getPrivateKey(nextName)).isEqualTo(second.key());
    assertThat(keys.chooseServerAlias("RSA", null, new Socket())).isNull();
  }

  @Test
  void whatCannotBeUsedKeepsTheServerFromStarting() throws Exception {
    Path store = TestCertificates.pkcs12(folder.resolve("a.p12"), "EC");
    List<Path> pem = TestCertificates.pem(store, folder);
    Path other = Files.createDirectory(folder.resolve("other"));
    List<Path> others =
        TestCertificates.pem(TestCertificates.pkcs12(folder.resolve("b.p12"), "EC"), other);
    Path locked =
        Files.writeString(
            folder.resolve("locked"), "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAA==\n");
    Path wrong = Files.writeString(folder.resolve("wrong"), "Wrong-Password");

    refuses(pemSettings(List.of(pem.get(0), others.get(1))), "not that of the first certificate");
    refuses(pemSettings(List.of(pem.get(0), locked)), "openssl pkcs8 -topk8");
    refuses(pemSettings(List.of(pem.get(0), folder.resolve("missing"))), "Cannot read");
    refuses(pemSettings(List.of(locked, pem.get(1))), "certificate");
    refuses(
        Map.of("tls.pkcs12-file", store.toString(), "tls.password-file", wrong.toString()),
        "password");
  }

  private void refuses(Map<String, String> settings, String message) {
    Map<String, String> flags = new java.util.HashMap<>(settings);
    flags.put("data.folder", folder.resolve("refused").toString());
    flags.put("listen.port", "0");
    assertThatThrownBy(() ->
            VidameServer.start(
                SettingsLoader.load(Optional.empty(), Map.of(), flags), Clock.systemUTC()))
        .isInstanceOf(StartException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("tls")
        .hasMessageNotContaining("Wrong-Password");
  }

  private Certificate loaded(String name) throws TlsException {
    return new TlsFiles.Pkcs12(TestCertificates.pkcs12(folder.resolve(name), "EC"), password)
        .load();
  }

  /**
   * Files of one length that were written within one tick of the file system's clock look alike.
   */
  private static void replace(Path from, Path to, int second) throws IOException {
    Files.copy(from, to, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    Files.setLastModifiedTime(to, FileTime.from(Instant.EPOCH.plusSeconds(second)));
  }

  private Map<String, String> pkcs12Settings(Path store) {
    return Map.of("tls.pkcs12-file", store.toString(), "tls.password-file", password.toString());
  }

  private static Map<String, String> pemSettings(List<Path> pem) {
    return Map.of(
        "tls.certificate-file", pem.get(0).toString(), "tls.key-file", pem.get(1).toString());
  }

  private static HttpResponse<String> get(TestServer server, X509Certificate trusted)
      throws IOException, InterruptedException, GeneralSecurityException {
    try (HttpClient client =
        HttpClient.newBuilder().sslContext(TestCertificates.trusting(trusted)).build()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + "/openapi.json"))
              .timeout(Duration.ofSeconds(10))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private static SSLSocket connect(SSLContext context, int port) throws IOException {
    return (SSLSocket)
        context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
  }

  private static int ask(OutputStream out, InputStream in) throws IOException {
    out.write(REQUEST.getBytes(StandardCharsets.US_ASCII));
    out.flush();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
    String length = head.substring(head.indexOf("Content-Length: ") + 16).split("\r\n", 2)[0];
    in.readNBytes(Integer.parseInt(length));
    return Integer.parseInt(head.substring(9, 12));
  }

  private static void awaitShown(int port, X509Certificate first, X509Certificate wanted)
      throws IOException, GeneralSecurityException {
    SSLContext either = TestCertificates.trusting(first, wanted);
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    X509Certificate shown;
    do {
      try (SSLSocket socket = connect(either, port)) {
        socket.startHandshake();
        shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      }
    } while (!shown.equals(wanted) && System.nanoTime() < end);
    assertThat(shown).isEqualTo(wanted);
  }
}
