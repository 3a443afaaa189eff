package dev.vidame.samples;

import static dev.vidame.samples.RealServer.CUSTOMER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.sdk.ClientCertificate;
import dev.vidame.sdk.Customer;
import dev.vidame.sdk.DeviceCode;
import dev.vidame.sdk.OAuthCredential;
import dev.vidame.sdk.PartnerClient;
import dev.vidame.sdk.PartnerCredential;
import dev.vidame.sdk.RefreshTokenStore;
import dev.vidame.sdk.TokenEndpoint;
import dev.vidame.wire.JsonBody;
import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The SDK's ways to sign in, at the real token endpoint. */
@Timeout(120)
class SignInAgainstServerTest {
  private static final Pattern HIDDEN =
      Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">");
  private static final String STORE_PASSWORD = "Store-Password-7";

  @TempDir private Path folder;

  private RealServer server;
  private final HttpClient browser =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
          .build();

  @BeforeEach
  void start() {
    server = RealServer.start(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private OAuthCredential.Builder credential() {
    return OAuthCredential.builder()
        .tokenEndpoint(TokenEndpoint.of(server.address(), RealServer.PARTNER))
        .clientId(RealServer.APPLICATION);
  }

  private Customer read(PartnerCredential credential) {
    return PartnerClient.builder()
        .endpoint(server.address())
        .credential(credential)
        .build()
        .customers()
        .byId(CUSTOMER)
        .get();
  }

  @Test
  void personSignsInWithABrowserOnce() {
    Path file = folder.resolve("refresh-token");
    AtomicInteger asked = new AtomicInteger();

    for (int i = 0; i < 2; i++) {
      PartnerCredential credential =
          credential()
              .clientSecret(RealServer.SECRET)
              .deviceCode(
                  code -> {
                    asked.incrementAndGet();
                    allow(code);
                  },
                  RefreshTokenStore.inFile(file))
              .build();
      assertThat(read(credential).id()).isEqualTo(CUSTOMER);
    }

    assertThat(asked).hasValue(1);
  }

  private void allow(DeviceCode code) {
    Map<String, String> fields = hidden(get(code.verificationUri()));
    fields.put("user_code", code.userCode());
    Map<String, String> answers = hidden(post(code.verificationUri(), fields));
    answers.put("username", RealServer.AGENT);
    answers.put("password", RealServer.AGENT_PASSWORD);
    answers.put("decision", "allow");
    assertThat(post(code.verificationUri(), answers)).contains("You are signed in");
  }

  private String get(URI uri) {
    return send(HttpRequest.newBuilder(uri).build());
  }

  private String post(URI uri, Map<String, String> fields) {
    String form =
        fields.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Origin", server.address().toString())
            .POST(BodyPublishers.ofString(form))
            .build());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private String send(HttpRequest request) {
    try {
      HttpResponse<String> response = browser.send(request, BodyHandlers.ofString());
      assertThat(response.statusCode()).as("%s", response.body()).isBetween(200, 299);
      return response.body();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> hidden(String page) {
    Map<String, String> fields = new LinkedHashMap<>();
    HIDDEN
        .matcher(page)
        .results()
        .forEach(found -> fields.put(found.group(1), found.group(2).replace("&#43;", "+")));
    return fields;
  }

  @Test
  void applicationSignsWithItsCertificate() throws Exception {
    KeyStore store = certificate();
    X509Certificate certificate = (X509Certificate) store.getCertificate("app");
    register(certificate);

    PartnerCredential credential =
        credential()
            .clientCertificate(
                ClientCertificate.of(
                    (PrivateKey) store.getKey("app", STORE_PASSWORD.toCharArray()), certificate))
            .clientCredentials()
            .build();

    assertThat(read(credential).id()).isEqualTo(CUSTOMER);
  }

  /** What an operator does with the public half. */
  private void register(X509Certificate certificate) throws Exception {
    String pem =
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
            + "\n-----END CERTIFICATE-----\n";
    String secret = server.server().createFirstOperator().orElseThrow().secret();
    send(
        HttpRequest.newBuilder(
                server
                    .address()
                    .resolve(
                        "/admin/v1/partners/"
                            + RealServer.PARTNER
                            + "/applications/"
                            + RealServer.APPLICATION
                            + "/keys"))
            .header("Authorization", "Bearer " + secret)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(JsonBody.write(Map.of("certificate", pem))))
            .build());
  }

  private KeyStore certificate() throws Exception {
    Path file = folder.resolve("app.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "app",
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-dname",
                "CN=app",
                "-storetype",
                "PKCS12",
                "-storepass",
                STORE_PASSWORD,
                "-keystore",
                file.toString())
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, STORE_PASSWORD.toCharArray());
    }
    return store;
  }
}
